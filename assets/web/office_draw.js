// office_draw.js -- the page's building bricks. Text is always set as text, never as HTML.
'use strict';
var SVG = 'http://www.w3.org/2000/svg';

function byId(id) { return document.getElementById(id); }

// brick('li', 'plain', 'text', child, …)
function brick(tag, style) {
  var node = document.createElement(tag);
  if (style) node.className = style;
  for (var i = 2; i < arguments.length; i++) {
    if (arguments[i] === null || arguments[i] === undefined) continue;
    node.appendChild(typeof arguments[i] === 'object' ? arguments[i] : document.createTextNode(arguments[i]));
  }
  return node;
}

function button(style, text, label, act) {
  var node = brick('button', style, text);
  node.type = 'button';
  if (label) node.setAttribute('aria-label', label);
  node.addEventListener('click', act);
  return node;
}

function clear(node) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
}

// A question in place of a line's button; the safe answer first.
function makeSure(question, no, yesText, yes) {
  return brick('div', 'sure', brick('p', '', question),
    brick('p', '', button('', say('no'), '', no), button('danger', yesText, '', yes)));
}

// What has the keyboard keeps it, although it is drawn anew.
function keepFocus(place, draw) {
  var labelOf = function (node) { return node.getAttribute('aria-label') || node.textContent; };
  var active = document.activeElement, held = active && place.contains(active) ? labelOf(active) : '';
  draw();
  place.querySelectorAll('button').forEach(function (one) { if (held && labelOf(one) === held) one.focus(); });
}

// After a question was opened or answered with no: to its first answer, or back to the button that opened it.
function focusQuestion(place, label) {
  var safe = place.querySelector('.sure button');
  if (safe) return safe.focus();
  place.querySelectorAll('button').forEach(function (one) { if (one.getAttribute('aria-label') === label) one.focus(); });
}

function shape(tag, attributes) {
  var node = document.createElementNS(SVG, tag);
  Object.keys(attributes).forEach(function (name) { node.setAttribute(name, attributes[name]); });
  return node;
}

// A state as a form besides its colour: full circle, ring, cross.
function sign(kind) {
  var svg = shape('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true', 'class': kind });
  if (kind === 'fine') svg.appendChild(shape('circle', { cx: 10, cy: 10, r: 8, fill: 'currentColor' }));
  else if (kind === 'bad') svg.appendChild(shape('path', { d: 'M3 3L17 17M17 3L3 17', stroke: 'currentColor', 'stroke-width': 4 }));
  else svg.appendChild(shape('circle', { cx: 10, cy: 10, r: 7, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 }));
  return svg;
}

// A QR code from rows of 0 and 1, with the quiet margin that scanners need.
function drawCode(rows, label) {
  var side = rows.length + 8, path = '';
  rows.forEach(function (row, y) {
    for (var x = 0; x < row.length; x++) if (row.charAt(x) === '1') path += 'M' + (x + 4) + ' ' + (y + 4) + 'h1v1h-1z';
  });
  var svg = shape('svg', { viewBox: '0 0 ' + side + ' ' + side, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' });
  svg.appendChild(shape('rect', { width: side, height: side, fill: '#FFFFFF' }));
  svg.appendChild(shape('path', { d: path, fill: '#000000' }));
  return svg;
}

// "vor 4 Minuten"
function ago(thenMs, nowMs) {
  var seconds = Math.max(0, Math.round((nowMs - thenMs) / 1000));
  var units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
  for (var i = 0; i < units.length; i++) {
    if (seconds < units[i][0] && units[i][0] > 1) continue;
    var number = Math.floor(seconds / units[i][0]);
    return new Intl.RelativeTimeFormat(language).format(-number, units[i][1]);
  }
}

function dayOf(unixMs, zone) {
  var form = { dateStyle: 'full', timeStyle: 'short', timeZone: zone };
  try { return new Intl.DateTimeFormat(language, form).format(unixMs); } catch (error) { return new Date(unixMs).toLocaleString(language); }
}
