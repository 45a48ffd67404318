// office_cards.js -- what the office answered, as lists.
'use strict';
var HEARD_LATELY_MS = 90 * 1000; // a kiosk asks at least every 25 s
var REPORTS = ['headcount', 'attendance', 'conflicts', 'walk-ins'];

function showEvent(event) {
  byId('event-title').textContent = event.name[language] || event.name.de;
  byId('event-facts').textContent = dayOf(event.starts_ms, event.zone) + ' · ' + say('people', event.people);
  byId('event-state').textContent = event.published ? say('published', event.published) : say('unpublished');
  byId('publish').textContent = say(event.published ? 'publish_again' : 'publish');
  byId('publish').className = event.published ? '' : 'main';
  byId('open-board').hidden = byId('share-board').hidden = !event.published;
  byId('open-board').href = '/board/' + event.number + '/';
  var list = clear(byId('reports'));
  REPORTS.forEach(function (kind) {
    var link = brick('a', 'button', say('csv'));
    link.href = '/office/events/' + event.number + '/report/' + kind + '?format=csv';
    link.download = 'einlass-' + event.number + '-' + kind + '.csv';
    link.setAttribute('aria-label', say('csv_of', say('report_' + kind)));
    list.appendChild(brick('li', 'one', brick('span', 'name', say('report_' + kind)), brick('span', 'act', link)));
  });
  byId('report-card').hidden = !event.published;
}

function stateOf(device, nowMs) {
  if (device.revoked) return ['bad', say('revoked')];
  if (!device.heard_ms) return ['quietly', say('never')];
  if (nowMs - device.heard_ms < HEARD_LATELY_MS) return ['fine', say('here')];
  return ['quietly', say('heard', ago(device.heard_ms, nowMs))];
}

// One line. `asked`: the name of the kiosk whose revocation is being confirmed.
function drawKiosk(device, nowMs, asked, ask, revoke) {
  var state = stateOf(device, nowMs), facts = [state[1], say('records', device.records)];
  if (device.hub) facts.unshift(say('hub'));
  if (device.alarms) facts.push(say('alarm_count', device.alarms));
  var line = brick('li', '', brick('span', 'name', sign(state[0]), device.name), brick('span', 'aside', facts.join(' · ')));
  if (device.revoked) return line;
  if (asked !== device.name) {
    line.appendChild(brick('span', 'act', button('', say('revoke'), say('revoke_of', device.name), function () { ask(device.name); })));
    return line;
  }
  line.appendChild(makeSure(say('sure', device.name), function () { ask(''); }, say('yes_revoke'), function () { revoke(device.name); }));
  return line;
}

function showKiosks(answer, asked, ask, revoke) {
  var list = clear(byId('kiosks'));
  answer.devices.forEach(function (device) { list.appendChild(drawKiosk(device, answer.now_ms, asked, ask, revoke)); });
  byId('no-kiosk').hidden = answer.devices.length > 0;
}

function addConflicts(items) {
  items.forEach(function (item) {
    byId('conflicts').appendChild(brick('li', 'plain', brick('span', '', item.words[language] + '.'), brick('span', 'aside', item.list)));
  });
}

function showAlarms(answer) {
  var list = clear(byId('alarms'));
  answer.alarms.forEach(function (alarm) {
    list.appendChild(brick('li', 'plain', brick('span', 'name', alarm.device || '?'), brick('span', '', say('alarm_' + alarm.kind) || alarm.kind),
      brick('span', 'aside', dayOf(alarm.unix_ms) + ' · ' + alarm.words)));
  });
  byId('alarm-card').hidden = answer.alarms.length === 0;
}

function showCode(place, answer, text, hint) {
  clear(place);
  if (answer.qr) place.appendChild(drawCode(answer.qr, hint));
  place.appendChild(brick('p', '', hint));
  place.appendChild(brick('p', '', brick('code', '', text)));
  place.hidden = false;
}
