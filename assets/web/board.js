// board.js -- the headcount page: gets in by the link's token, listens, tries again, and says when numbers are old.
import {drawBoard} from './board_draw.js';
import {drawChart} from './board_chart.js';
import {age, firstLanguage, timeOfDay, words} from './board_words.js';

const OLD_AFTER_MS = 25 * 1000;              // the kiosk speaks every ten seconds, also when nothing happens
const LOST_AFTER_MS = 3000;                   // a short gap is not worth a word
const LEAST_RETRY_MS = 1000, MOST_RETRY_MS = 10 * 1000;
const ANSWER_WITHIN_MS = 8000;
const find = id => document.getElementById(id);

const page = {
  language: firstLanguage(recall('language'), navigator.language),
  token: '',        // of the link, until it was taken for a cookie
  numbers: null,
  madeMs: 0,        // the kiosk's clock, when they were true
  heardMs: 0,       // our clock, when it said so
  source: null,     // EventSource
  retryMs: LEAST_RETRY_MS,
  timer: 0,
  trouble: '',      // "", "away", "closed"
  lostMs: 0,        // when the trouble began
  chosen: 0,        // a list; 0: the kiosk's own
};

// A browser may refuse to remember anything.
function recall(key) {
  try { return localStorage.getItem('einlass-' + key); } catch (refused) { return null; }
}
function remember(key, value) {
  try { localStorage.setItem('einlass-' + key, value); } catch (refused) { /* until the page is closed, then */ }
}

// ---- drawing ----

function isOld() {
  const nowMs = Date.now();
  return nowMs - page.heardMs > OLD_AFTER_MS || (page.trouble !== '' && nowMs - page.lostMs > LOST_AFTER_MS);
}

function drawFrame() {
  const say = words(page.language), hasNumbers = page.numbers !== null && page.trouble !== 'closed';
  document.documentElement.lang = page.language;
  find('board').hidden = !hasNumbers;
  find('notice').hidden = hasNumbers;
  find('notice').firstElementChild.textContent = say[page.trouble || 'loading'];
  find('state').hidden = !hasNumbers || isOld();
  find('state').lastElementChild.textContent = say.live;
  find('language').textContent = say.otherShort;
  find('language').setAttribute('aria-label', say.other);
  const banner = hasNumbers && isOld()
    ? say.stale(timeOfDay(page.madeMs, page.numbers.zone), age(Date.now() - page.heardMs, page.language)) : '';
  if (find('banner').textContent !== banner) find('banner').textContent = banner;
  return hasNumbers;
}

function draw() {
  if (!drawFrame()) return;
  const numbers = page.numbers, name = numbers.name[page.language] || numbers.name.de;
  const list = numbers.lists.find(one => one.id === page.chosen) || numbers.lists.find(one => one.id === numbers.list) || numbers.lists[0];
  const view = {
    numbers, name, language: page.language, isOld: isOld(), madeMs: page.madeMs, choose,
    nowMs: page.madeMs + Date.now() - page.heardMs, // on the kiosk's clock
  };
  if (find('event').textContent !== name) find('event').textContent = document.title = name;
  if (!list) return;
  drawBoard(list, view);
  drawChart(find('arrivals'), list, view);
}

function choose(id) {
  page.chosen = id;
  draw();
}

// ---- news ----

// The same moment again is no news: something answers, but nobody counts. Nor is one that was old when we came.
function hear(madeMs, ageMs) {
  if (madeMs !== page.madeMs) page.heardMs = Date.now() - ageMs;
  page.madeMs = madeMs;
  page.retryMs = LEAST_RETRY_MS;
  page.trouble = '';
}

function take(answer) {
  page.numbers = answer.numbers;
  hear(answer.made_ms, answer.age_ms);
  draw();
}

function ask(path, options) {
  const control = new AbortController(), timer = setTimeout(() => control.abort(), ANSWER_WITHIN_MS);
  return fetch(path, Object.assign({cache: 'no-store', signal: control.signal}, options))
    .finally(() => clearTimeout(timer));
}

// False: this token opens nothing.
async function enter() {
  if (page.token === '') return true;
  const answer = await ask('session', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({token: page.token})});
  if (answer.status >= 500) throw new Error('later');
  page.token = '';
  return answer.ok;
}

function listen() {
  const source = page.source = new EventSource('live');
  let pending = null;
  source.addEventListener('numbers', event => { pending = JSON.parse(event.data); });
  source.addEventListener('look', () => { ask('numbers').then(answer => answer.json()).then(take, retry); });
  source.addEventListener('made', event => {
    if (pending) take({made_ms: Number(event.data), age_ms: 0, numbers: pending});
    else hear(Number(event.data), 0);
    pending = null;
  });
  source.onerror = retry;
}

async function connect() {
  clearTimeout(page.timer);
  if (page.source) page.source.close();
  page.source = null;
  try {
    const isIn = await enter(), answer = isIn ? await ask('numbers') : null;
    if (!isIn || answer.status === 401) page.trouble = 'closed';
    else if (!answer.ok) throw new Error('later');
    else {
      take(await answer.json());
      listen();
    }
  } catch (noAnswer) {
    retry();
  }
  draw();
}

// Later and later, and not all phones of the hall at once.
function retry() {
  clearTimeout(page.timer);
  if (page.source) page.source.close();
  page.source = null;
  if (page.trouble === '') page.lostMs = Date.now();
  page.trouble = 'away';
  page.timer = setTimeout(connect, page.retryMs * (0.5 + Math.random() / 2));
  page.retryMs = Math.min(MOST_RETRY_MS, page.retryMs * 2);
  draw();
}

// A connection can die without a word: a phone that slept, a Wi-Fi that went.
function watch() {
  if (page.source && Date.now() - page.heardMs > OLD_AFTER_MS) retry();
  draw();
}

function wake() {
  if (document.visibilityState === 'visible' && page.trouble !== 'closed' && (!page.source || isOld())) connect();
}

// The token leaves the address at once: nobody reads it over a shoulder, or finds it in the history.
function readLink() {
  const token = location.hash.slice(1);
  if (!/^[0-9a-f]{32}$/.test(token)) return false;
  page.token = token;
  history.replaceState(null, '', location.pathname);
  return true;
}

find('language').addEventListener('click', () => {
  page.language = page.language === 'de' ? 'en' : 'de';
  remember('language', page.language);
  draw();
});
window.addEventListener('hashchange', () => { if (readLink()) connect(); });
window.addEventListener('online', wake);
window.addEventListener('resize', draw);
document.addEventListener('visibilitychange', wake);
readLink();
setInterval(watch, 1000);
connect();
