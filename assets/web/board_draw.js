// board_draw.js -- the numbers, drawn. Everything that comes from outside becomes text by textContent, never markup.
import {age, figure, timeOfDay, words} from './board_words.js';

const SVG = 'http://www.w3.org/2000/svg';
const FRESH_MS = 2 * 60 * 1000; // a kiosk that was heard of since
const MANY_ROWS = 10;           // they stand side by side, where there is room
const find = id => document.getElementById(id);

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function setClass(element, name, isOn) {
  if (element.classList.contains(name) !== isOn) element.classList.toggle(name, isOn);
}

function add(parent, tag, className) {
  const element = parent.appendChild(document.createElement(tag));
  if (className) element.className = className;
  return element;
}

function addIcon(parent) {
  const icon = parent.appendChild(document.createElementNS(SVG, 'svg'));
  icon.setAttribute('aria-hidden', 'true');
  icon.appendChild(document.createElementNS(SVG, 'use'));
  return icon;
}

function setIcon(icon, name) {
  icon.style.display = name ? '' : 'none';
  if (name && icon.firstElementChild.getAttribute('href') !== '#icon-' + name)
    icon.firstElementChild.setAttribute('href', '#icon-' + name);
}

function setBar(bar, part, whole) {
  bar.style.display = whole > 0 ? '' : 'none';
  bar.firstElementChild.style.width = (whole > 0 ? Math.min(100, 100 * part / whole) : 0) + '%';
}

// Rows stay the elements they are, so that neither focus nor a reader's place gets lost by an update.
function drawRows(section, items, make, fill) {
  const list = section.querySelector('ul');
  section.hidden = items.length === 0;
  setClass(section, 'many', items.length > MANY_ROWS);
  while (list.children.length > items.length) list.lastElementChild.remove();
  while (list.children.length < items.length) make(add(list, 'li'));
  items.forEach((item, i) => fill(list.children[i], item));
}

function makePart(parent) {
  add(parent, 'bdi', 'name');
  const number = add(parent, 'span', 'number');
  add(number, 'span');
  add(number, 'small');
  addIcon(number);
  add(add(parent, 'div', 'bar'), 'i');
}

function fillPart(row, name, inside, expected, view) {
  const number = row.querySelector('.number');
  setText(row.querySelector('.name'), name);
  setText(number.children[0], figure(inside, view.language));
  setText(number.children[1], expected > 0 ? ' / ' + figure(expected, view.language) : '');
  setIcon(number.children[2], expected > 0 && inside >= expected ? 'tick' : '');
  setBar(row.querySelector('.bar'), inside, expected);
}

function many(list) { // what is counted on it
  return list.mode === 'hand_out' ? list.given : list.inside;
}

// ---- the colour field ----

// What the field says: its colour and sign, the word behind the number, what matters below.
function field(list, say, figureOf) {
  if (list.mode === 'roll_call') return rollCall(list, say, figureOf);
  if (list.mode === 'hand_out') return handOut(list, say, figureOf);
  const of = list.mode === 'in_out' ? say.inside(list.expected ? figureOf(list.expected) : '') : hereOf(list, say, figureOf);
  const isAll = list.mode === 'once' && list.expected > 0 && list.inside >= list.expected;
  return {look: '', sign: isAll ? 'tick' : '', of, fact: isAll ? say.all : '', part: list.inside, whole: list.expected};
}

function hereOf(list, say, figureOf) {
  return list.expected > 0 ? say.hereOf(figureOf(list.expected)) : say.here;
}

function rollCall(list, say, figureOf) {
  const missing = Math.max(0, list.expected - list.inside);
  const now = {look: '', sign: '', of: hereOf(list, say, figureOf), part: list.inside, whole: list.expected};
  if (list.signed_off > 0) now.aside = say.signedOff(figureOf(list.signed_off));
  now.stop = list.round > 0 ? say.stop(list.round, list.stop) : say.noRound;
  if (list.round === 0) now.look = 'calm';
  else if (list.expected === 0) return now;
  else if (missing === 0) Object.assign(now, {sign: 'tick', fact: say.all});
  else Object.assign(now, {look: 'wait', sign: 'clock', fact: say.missing(figureOf(missing))});
  return now;
}

function handOut(list, say, figureOf) {
  const left = list.left === undefined ? 0 : Math.max(0, list.left), here = Math.max(0, list.left_here);
  const now = {look: '', sign: '', of: say.given, part: list.given, whole: list.left === undefined ? 0 : list.given + left};
  if (list.left === undefined) return now;
  if (left === 0) return Object.assign(now, {look: 'out', sign: 'cross', fact: say.none});
  now.fact = say.left(figureOf(left));
  if (list.left_here !== undefined && here !== left) now.aside = say.leftHere(figureOf(here));
  return left <= 10 || left * 10 <= now.whole ? Object.assign(now, {look: 'wait', sign: 'clock'}) : now;
}

function drawHero(list, view) {
  const say = words(view.language), hero = find('hero'), number = figure(many(list), view.language);
  const now = field(list, say, n => figure(n, view.language));
  const isOne = view.numbers.lists.length === 1 && list.name === view.name;
  setText(find('list'), isOne ? '' : list.name);
  setText(find('stop'), now.stop || '');
  setText(find('inside'), number);
  find('inside').style.setProperty('--figures', Math.max(2, number.length));
  setText(find('of'), now.of);
  setText(find('fact'), now.fact || '');
  setText(find('aside'), now.aside || '');
  setText(find('last'), list.last_ms > 0
    ? say.last(timeOfDay(list.last_ms, view.numbers.zone), age(view.nowMs - list.last_ms, view.language)) : say.noLast);
  setBar(hero.querySelector('.bar'), now.part, now.whole);
  for (const look of ['wait', 'out', 'calm']) setClass(hero, look, now.look === look);
  setClass(hero, 'old', view.isOld);
  setIcon(find('sign'), now.sign);
}

// ---- rows ----

function drawLists(chosen, view) {
  const lists = view.numbers.lists.length > 1 ? view.numbers.lists : [];
  drawRows(find('lists'), lists, row => {
    const button = add(row, 'button', 'row');
    button.type = 'button';
    button.addEventListener('click', () => view.choose(Number(button.value)));
    makePart(button);
  }, (row, list) => {
    const button = row.firstElementChild;
    button.value = list.id;
    button.setAttribute('aria-pressed', String(list === chosen));
    fillPart(button, list.name, many(list), list.expected, view);
  });
}

function drawParts(section, parts, names, view) {
  drawRows(section, parts, row => makePart(add(row, 'div', 'row')),
    (row, part) => fillPart(row, names[part[0]] ? names[part[0]][view.language] || names[part[0]].de : '', part[1], part[2], view));
}

function drawKiosks(view) {
  const say = words(view.language);
  drawRows(find('kiosks'), view.numbers.kiosks, row => {
    const line = add(row, 'div', 'row');
    addIcon(line);
    add(line, 'bdi', 'name');
    add(line, 'span', 'number');
    add(line, 'span', 'more');
  }, (row, kiosk) => {
    const line = row.firstElementChild, oldMs = view.nowMs - (kiosk.is_this ? view.madeMs : kiosk.heard_ms);
    const isFresh = oldMs < FRESH_MS, more = [];
    if (kiosk.is_this) more.push(say.thisKiosk);
    if (kiosk.waiting > 0) more.push(say.waiting(figure(kiosk.waiting, view.language)));
    setClass(line, 'fresh', isFresh);
    setIcon(line.children[0], isFresh ? 'dot' : 'clock');
    setText(line.children[1], kiosk.gate);
    setText(line.children[2], kiosk.is_this || kiosk.heard_ms > 0 ? age(oldMs, view.language) : say.never);
    setText(line.children[3], more.join(' · '));
    line.children[3].style.display = more.length > 0 ? '' : 'none';
  });
}

export function drawBoard(list, view) {
  const say = words(view.language);
  for (const id of ['lists', 'groups', 'classes', 'arrivals', 'kiosks'])
    setText(find(id).querySelector('h2'), say[id]);
  drawHero(list, view);
  drawLists(list, view);
  drawParts(find('groups'), list.groups, view.numbers.groups, view);
  drawParts(find('classes'), list.classes, view.numbers.classes, view);
  drawKiosks(view);
}
