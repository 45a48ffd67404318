// office.js -- the clerk's page: logs in, asks the office, and asks again every few seconds.
'use strict';
(function () {
  var KIOSKS_AGAIN_MS = 3000, REST_AGAIN_ROUNDS = 5;
  var who = {}, clerks, events = [], event = null, kiosks = null, asked = '', pairing = '', wasAway = false, seen = { total: -1, count: 0 }, round = 0;

  // ---- asking ----

  // Answers {status, body, retry}; status 0: nobody was there.
  function ask(method, path, body) {
    var request = { method: method, credentials: 'same-origin', headers: { 'X-Einlass': '1' } };
    if (body) { request.body = JSON.stringify(body); request.headers['Content-Type'] = 'application/json'; }
    return fetch(path, request).then(function (answer) {
      var retry = Number(answer.headers.get('Retry-After')) || 0;
      return answer.text().then(function (text) {
        var json = null;
        try { json = text ? JSON.parse(text) : null; } catch (error) { json = null; }
        return { status: answer.status, body: json, retry: retry };
      });
    }).catch(function () { return { status: 0, body: null, retry: 0 }; });
  }

  // For the calls of somebody who is logged in: says what went wrong, once; answers the body, or null.
  function get(path) {
    return ask('GET', path).then(function (answer) {
      if (answer.status === 401) return ended();
      var isAway = answer.status !== 200;
      // What somebody was told of what they did stays: the page asks anew every few seconds.
      if (isAway || wasAway) byId('banner').textContent = isAway ? say(answer.status === 503 ? 'counting' : 'offline') : '';
      wasAway = isAway;
      return isAway ? null : answer.body;
    });
  }

  function warn(key, more) { byId('done').textContent = ''; byId('banner').textContent = say(key, more); return null; }
  function report(text) { byId('banner').textContent = ''; byId('done').textContent = text; setTimeout(function () { if (byId('done').textContent === text) byId('done').textContent = ''; }, 8000); }

  // ---- who is there ----

  function translate() {
    document.documentElement.lang = language;
    document.title = say('title');
    document.querySelectorAll('[data-say]').forEach(function (node) { node.textContent = say(node.getAttribute('data-say')); });
    byId('language').textContent = say('other');
    byId('language').lang = language === 'de' ? 'en' : 'de';
    byId('login-title').textContent = say(who.setup ? 'setup' : 'login');
    byId('enter').textContent = say(who.setup ? 'create' : 'enter');
  }

  function show() {
    var isIn = !!who.clerk;
    byId('login').hidden = isIn;
    byId('office').hidden = byId('who').hidden = !isIn;
    byId('clerk').textContent = who.clerk || '';
    byId('setup-hint').hidden = byId('code-field').hidden = byId('password-hint').hidden = !who.setup;
    byId('code').required = !!who.setup;
    byId('password').autocomplete = who.setup ? 'new-password' : 'current-password';
    translate();
    if (!isIn) byId(who.setup ? 'code' : 'name').focus();
  }

  function begin() {
    return ask('GET', '/office/session').then(function (answer) {
      if (answer.status !== 200) { warn('offline'); setTimeout(begin, KIOSKS_AGAIN_MS); return; }
      byId('banner').textContent = '';
      who = answer.body;
      show();
      if (who.clerk) return loadEvents().then(function () { byId('event-title').focus(); });
    });
  }

  function ended() {
    if (who.clerk) { who.clerk = null; show(); warn('ended'); }
    return null;
  }

  function enter(submitted) {
    submitted.preventDefault();
    var body = { name: byId('name').value, password: byId('password').value };
    if (who.setup) body.code = byId('code').value;
    byId('enter').disabled = true;
    ask('POST', who.setup ? '/office/setup' : '/office/session', body).then(function (answer) {
      byId('enter').disabled = false;
      if (answer.status === 204) { byId('password').value = byId('code').value = ''; byId('banner').textContent = ''; return begin(); }
      if (answer.status === 401) return warn('wrong');
      if (answer.status === 403) return warn('wrong_code');
      if (answer.status === 429) return warn('too_often', answer.retry || 1);
      return warn(answer.status === 400 ? 'too_short' : answer.status === 0 ? 'offline' : 'failed');
    });
  }

  // ---- events ----

  function loadEvents() {
    return get('/office/events').then(function (body) {
      if (!body) return;
      events = body.events;
      event = events.filter(function (one) { return event && one.number === event.number; })[0] || events[events.length - 1] || null;
      var select = clear(byId('event'));
      events.forEach(function (one) {
        var option = brick('option', '', one.name[language] || one.name.de);
        option.value = one.number;
        option.selected = one === event;
        select.appendChild(option);
      });
      byId('chooser').hidden = events.length < 2;
      byId('no-event').hidden = !!event;
      byId('event-card').hidden = byId('conflict-card').hidden = byId('report-card').hidden = !event;
      byId('event-buttons').hidden = false;
      byId('publish').hidden = who.hub;
      if (event) showEvent(event);
      look(true);
    });
  }

  function choose() {
    event = events.filter(function (one) { return one.number === Number(byId('event').value); })[0];
    closeBoard();
    showEvent(event);
    look(true);
  }

  function publish() {
    var key = byId('publish');
    key.disabled = true;
    key.textContent = say('publishing');
    ask('POST', '/office/events/' + event.number + '/publish').then(function (answer) {
      key.disabled = false;
      if (answer.status === 200) report(say(answer.body['new'] ? 'now_published' : 'unchanged', answer.body.version));
      else if (answer.status === 401) return ended();
      else warn(answer.status === 400 ? 'unfit' : 'failed');
      return loadEvents();
    });
  }

  function closeBoard() {
    byId('board-link').hidden = true;
    byId('share-board').setAttribute('aria-expanded', 'false');
  }

  function shareBoard() {
    if (!byId('board-link').hidden) return closeBoard();
    get('/office/events/' + event.number + '/board').then(function (body) {
      if (!body) return;
      showCode(byId('board-link'), body, body.link, say('board_hint'));
      byId('share-board').setAttribute('aria-expanded', 'true');
    });
  }

  // ---- kiosks ----

  function drawKiosks() {
    if (!kiosks) return;
    keepFocus(byId('kiosks'), function () { showKiosks(kiosks, asked, question, revoke); });
  }

  function question(name) {
    var before = asked;
    asked = name;
    drawKiosks();
    focusQuestion(byId('kiosks'), say('revoke_of', before));
  }

  function revoke(name) {
    ask('DELETE', '/office/devices/' + encodeURIComponent(name)).then(function (answer) {
      asked = '';
      if (answer.status === 204) report(say('now_revoked', name));
      else if (answer.status === 401) return ended();
      else warn('failed');
      byId('pair').focus();
      return look(false);
    });
  }

  function pairForm(isOpen) {
    byId('banner').textContent = '';
    byId('pair-form').hidden = !isOpen;
    clear(byId('pair-code')).hidden = byId('pair-end').hidden = true;
    byId('pair-start').hidden = isOpen;
    byId('pair').setAttribute('aria-expanded', String(isOpen));
    pairing = '';
    byId(isOpen ? 'kiosk-name' : 'pair').focus();
  }

  function pair(submitted) {
    var body = { name: byId('kiosk-name').value.trim(), event: event ? event.number : 0, hub: byId('kiosk-hub').checked };
    submitted.preventDefault();
    if (body.hub) body.event = 0;
    ask('POST', '/office/devices', body).then(function (answer) {
      if (answer.status === 401) return ended();
      if (answer.status === 409) return warn('taken');
      if (answer.status === 400) return warn('no_name');
      if (answer.status !== 200) return warn('failed');
      byId('banner').textContent = '';
      showCode(byId('pair-code'), answer.body, answer.body.text, say('pair_hint', answer.body.good_minutes));
      var wait = brick('p', 'note', say('pair_wait'));
      wait.id = 'pair-state';
      byId('pair-code').appendChild(wait);
      byId('pair-form').hidden = true;
      byId('pair-end').hidden = false;
      byId('pair-close').focus();
      byId('kiosk-card').scrollIntoView({ block: 'start' });
      pairing = body.name;
    });
  }

  // The kiosk that is waited for is there.
  function watchPairing(body) {
    var found = body.devices.filter(function (one) { return one.name === pairing && !one.revoked; })[0];
    if (!pairing || !found) return;
    report(say('pair_done', pairing));
    byId('kiosk-name').value = '';
    byId('kiosk-hub').checked = false;
    pairForm(false);
  }

  // ---- what changes by itself ----

  function loadConflicts() {
    if (!event) return;
    var number = event.number;
    get('/office/events/' + number + '/conflicts').then(function (body) {
      if (!body || number !== event.number || body.total === seen.total) return;
      clear(byId('conflicts'));
      addConflicts(body.items);
      countConflicts(body.total, body.items.length);
    });
  }

  function countConflicts(total, count) {
    seen = { total: total, count: count };
    byId('conflict-count').textContent = total ? String(total) : '';
    byId('no-conflict').hidden = total > 0;
    byId('more').hidden = count >= total;
  }

  function moreConflicts() {
    get('/office/events/' + event.number + '/conflicts?skip=' + seen.count).then(function (body) {
      if (!body) return;
      addConflicts(body.items);
      countConflicts(body.total, seen.count + body.items.length);
    });
  }

  function look(isAll) {
    if (!who.clerk || document.hidden) return;
    get('/office/devices').then(function (body) {
      if (!body) return;
      kiosks = body;
      drawKiosks();
      watchPairing(body);
    });
    if (!isAll) return;
    seen.total = -1;
    loadConflicts();
    get('/office/alarms').then(function (body) { if (body) showAlarms(body); });
  }

  function turn() {
    if (!who.clerk || document.hidden) return;
    round++;
    look(false);
    if (round % REST_AGAIN_ROUNDS) return;
    loadConflicts();
    get('/office/alarms').then(function (body) { if (body) showAlarms(body); });
  }

  function speak(next) {
    language = next;
    try { localStorage.setItem('language', next); } catch (error) { /* private window */ }
    show();
    if (!who.clerk) return;
    closeBoard();
    loadEvents();
    drawKiosks();
    clerks.draw();
  }

  function first() {
    var kept = null;
    try { kept = localStorage.getItem('language'); } catch (error) { kept = null; }
    return kept === 'de' || kept === 'en' ? kept : /^en/i.test(navigator.language || '') ? 'en' : 'de';
  }

  language = first();
  clerks = clerkCard({ ask: ask, get: get, warn: warn, report: report, ended: ended, me: function () { return who.clerk; } });
  byId('login-form').addEventListener('submit', enter);
  byId('language').addEventListener('click', function () { speak(language === 'de' ? 'en' : 'de'); });
  byId('leave').addEventListener('click', function () { ask('DELETE', '/office/session').then(function () { location.reload(); }); });
  byId('event').addEventListener('change', choose);
  byId('publish').addEventListener('click', publish);
  byId('share-board').addEventListener('click', shareBoard);
  byId('pair').addEventListener('click', function () { pairForm(true); });
  ['pair-cancel', 'pair-close'].forEach(function (id) { byId(id).addEventListener('click', function () { pairForm(false); }); });
  byId('pair-form').addEventListener('submit', pair);
  byId('more-conflicts').addEventListener('click', moreConflicts);
  document.addEventListener('visibilitychange', turn);
  setInterval(turn, KIOSKS_AGAIN_MS);
  begin();
}());
