// office_clerks.js -- who may log in: their names, a new login, and taking one away.
'use strict';

// `office`: what the page can do: ask, get, warn, report, ended; me(): who is logged in here. Answers {draw}.
function clerkCard(office) {
  var names = [], asked = '';

  function lineOf(name) {
    var line = brick('li', '', brick('span', 'name', name));
    if (name === office.me()) line.appendChild(brick('span', 'aside', say('yourself')));
    else if (asked === name) line.appendChild(makeSure(say('sure_dismiss', name), function () { question(''); }, say('yes_dismiss'), function () { dismiss(name); }));
    else line.appendChild(brick('span', 'act', button('', say('dismiss'), say('dismiss_of', name), function () { question(name); })));
    return line;
  }

  function draw() {
    keepFocus(byId('clerks'), function () {
      var list = clear(byId('clerks'));
      names.forEach(function (name) { list.appendChild(lineOf(name)); });
    });
  }

  function question(name) {
    var before = asked;
    asked = name;
    draw();
    focusQuestion(byId('clerks'), say('dismiss_of', before));
  }

  function load() {
    return office.get('/office/clerks').then(function (body) {
      if (!body) return;
      names = body.clerks;
      draw();
    });
  }

  function dismiss(name) {
    office.ask('DELETE', '/office/clerks/' + encodeURIComponent(name)).then(function (answer) {
      asked = '';
      if (answer.status === 401) return office.ended();
      if (answer.status === 204) office.report(say('dismissed', name));
      else office.warn('failed');
      byId('clerk-title').focus();
      return load();
    });
  }

  function add(submitted) {
    var body = { name: byId('clerk-name').value, password: byId('clerk-password').value };
    submitted.preventDefault();
    office.ask('POST', '/office/clerks', body).then(function (answer) {
      if (answer.status === 401) return office.ended();
      if (answer.status !== 204) return office.warn(answer.status === 400 ? 'too_short' : 'failed');
      office.report(say('clerk_made', body.name));
      byId('clerk-form').reset();
      return load();
    });
  }

  byId('clerk-card').addEventListener('toggle', function () { if (byId('clerk-card').open) load(); });
  byId('clerk-form').addEventListener('submit', add);
  return { draw: draw };
}
