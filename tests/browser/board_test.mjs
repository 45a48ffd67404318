// The headcount page in a real browser, over a real server.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openBrowser, picture, startStage, visit} from './browser.mjs';

const SCENES = ['tour', 'complete', 'meeting', 'boxes', 'short', 'gone', 'empty', 'many', 'names', 'lonely'];
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

// A test with a stage and one visitor, who scanned its code.
function shows(name, scene, how, body) {
  test(name, async () => {
    const stage = await startStage(scene), visitor = await visit(browser, stage.link, how);
    try {
      await visitor.page.locator('#hero').waitFor();
      await body(visitor.page, stage, visitor);
    } finally {
      await visitor.context.close();
      await stage.end();
    }
  });
}

const text = (page, selector) => page.locator(selector).innerText();
const becomes = (page, selector, wanted) => page.locator(selector).filter({hasText: wanted}).waitFor({state: 'attached'});

shows('a tour: the stop, who is there and how many are missing', 'tour', {}, async (page, stage, visitor) => {
  assert.equal(await text(page, '#inside'), '42');
  assert.equal(await text(page, '#of'), 'von 45 da');
  assert.equal(await text(page, '#fact'), '3 fehlen');
  assert.equal(await text(page, '#aside'), '2 abgemeldet');
  assert.equal(await text(page, '#stop'), 'Firma Oventrop, Olsberg');
  assert.equal(await page.title(), 'StudiTour Brilon');
  assert.match(await text(page, '#kiosks li:nth-child(2)'), /Bus 1\s+vor 4 min/);
  assert.match(await text(page, '#kiosks li:nth-child(1)'), /12 noch nicht im Büro/);
  visitor.isFine();
  assert.deepEqual([...visitor.origins], [stage.url]); // nothing from elsewhere
});

shows('boxes: how many are left, here and in all', 'boxes', {language: 'en-GB'}, async page => {
  assert.equal(await text(page, '#inside'), '182');
  assert.equal(await text(page, '#fact'), '118 left');
  assert.equal(await text(page, '#aside'), '40 at this station');
});

shows('the token leaves the address, and a reload needs it no more', 'tour', {}, async (page, stage, visitor) => {
  assert.equal(page.url(), stage.url + '/');
  await page.reload();
  await becomes(page, '#inside', '42');
  visitor.isFine();
});

shows('who comes is seen without a reload', 'tour', {}, async (page, stage, visitor) => {
  stage.say('enter 2');
  await becomes(page, '#inside', '44');
  assert.equal(await text(page, '#fact'), '1 fehlt');
  stage.say('enter 1');
  await becomes(page, '#fact', 'Alle da');
  assert.equal(await page.locator('#sign use').getAttribute('href'), '#icon-tick');
  visitor.isFine();
});

test('without the code there are no numbers', async () => {
  const stage = await startStage('tour');
  for (const link of [stage.url + '/', `${stage.url}/#${'0'.repeat(32)}`]) {
    const visitor = await visit(browser, link);
    await becomes(visitor.page, '#notice', 'QR-Code am Kiosk neu scannen');
    assert.equal(await visitor.page.locator('#board').isVisible(), false);
    assert.equal(visitor.page.url(), stage.url + '/');
    await visitor.context.close();
  }
  await stage.end();
});

shows('a new code in an open page opens it again', 'tour', {}, async (page, stage) => {
  await page.context().clearCookies();
  stage.say('close');
  stage.say('open');
  await becomes(page, '#notice', 'neu scannen');
  await page.evaluate(token => { location.hash = token; }, stage.token);
  await becomes(page, '#inside', '42');
});

shows('numbers grow old in sight, and are fresh again when the kiosk is back', 'tour', {}, async (page, stage) => {
  stage.say('close');
  await becomes(page, '#banner', 'Keine neuen Zahlen seit');
  assert.equal(await page.locator('#state').isVisible(), false);
  assert.equal(await page.locator('#hero.old').count(), 1);
  assert.equal(await text(page, '#inside'), '42'); // the last ones are better than none
  await picture(page, 'stale');
  stage.say('enter 1');
  stage.say('open');
  await becomes(page, '#inside', '43');
  await page.locator('#banner:empty').waitFor({state: 'attached'});
  assert.equal(await page.locator('#state').isVisible(), true);
  assert.equal(await page.locator('#hero.old').count(), 0);
});

test('a kiosk that answers but counts no more is old too', async () => {
  const stage = await startStage('tour'), visitor = await visit(browser, 'about:blank'), page = visitor.page;
  await page.clock.install();
  await page.goto(stage.link);
  await becomes(page, '#inside', '42');
  stage.say('mute');
  await page.clock.fastForward(30000);
  await becomes(page, '#banner', 'Keine neuen Zahlen seit');
  await page.clock.fastForward(90000);
  await becomes(page, '#banner', 'vor 2 min');
  stage.say('speak');
  await page.clock.fastForward(15000);
  await page.locator('#banner:empty').waitFor({state: 'attached'});
  await visitor.context.close();
  await stage.end();
});

test('who comes when nobody counts any more sees that at once', async () => {
  const stage = await startStage('tour'), visitor = await visit(browser, 'about:blank'), page = visitor.page;
  stage.say('mute');
  await page.route('**/numbers', async route => { // as a minute later
    const answer = await (await route.fetch()).json();
    await route.fulfill({json: Object.assign(answer, {age_ms: answer.age_ms + 60000})});
  });
  await page.goto(stage.link);
  await becomes(page, '#inside', '42');
  await becomes(page, '#banner', 'vor 1 min');
  assert.equal(await page.locator('#state').isVisible(), false);
  await visitor.context.close();
  await stage.end();
});

test('a kiosk that is not there is waited for', async () => {
  const stage = await startStage('tour');
  const visitor = await visit(browser, stage.url + '/board.css');
  await visitor.page.route('**/session', route => route.abort(), {times: 1});
  await visitor.page.goto(stage.link);
  await becomes(visitor.page, '#inside', '42');
  await visitor.context.close();
  await stage.end();
});

shows('English by the browser, the other language by a tap, and remembered', 'tour', {language: 'en-GB'}, async page => {
  assert.equal(await text(page, '#of'), 'of 45 here');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.locator('#language').click();
  assert.equal(await text(page, '#of'), 'von 45 da');
  await page.reload();
  await becomes(page, '#of', 'von 45 da');
});

shows('other languages get German', 'tour', {language: 'fr-FR'}, async page => {
  assert.equal(await text(page, '#of'), 'von 45 da');
});

shows('times are the event\'s, wherever the phone thinks it is', 'tour', {}, async page => {
  const [, hour] = /(\d\d):\d\d/.exec(await text(page, '#last'));
  const there = new Intl.DateTimeFormat('de-DE', {hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Berlin'});
  const wanted = [0, 60000].map(ago => there.format(new Date(Date.now() - ago)).slice(0, 2));
  assert.ok(wanted.includes(hour), `${hour} is none of ${wanted}`);
});

shows('another list is chosen by keyboard, and news leave the focus where it is', 'meeting', {}, async (page, stage) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'language');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await becomes(page, '#hero #list', 'Namensschilder');
  assert.equal(await text(page, '#inside'), '1.190');
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  stage.say('enter 1');
  await becomes(page, '#lists li:first-child .number', '1.285');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
  assert.equal(await text(page, '#inside'), '1.190'); // the chosen one stays
});

shows('what things are called is text, whatever it says', 'names', {language: 'en-GB'}, async (page, stage, visitor) => {
  assert.match(await page.title(), /^<b>Annual<\/b> reception <img src=x/);
  assert.match(await text(page, '#lists'), /<script>document\.title='owned'<\/script>/);
  assert.equal(await page.locator('#board :is(b, img, script), header :is(b, img, script)').count(), 0);
  visitor.isFine();
});

// What the page shows beside what it was told.
async function comparison() {
  const {numbers} = await (await fetch('numbers')).json();
  const shown = selector => [...document.querySelectorAll(selector)].map(element => element.textContent);
  const german = names => names.map(name => name.de);
  return {
    event: document.getElementById('event').textContent,
    shown: [shown('#event'), shown('#lists .name'), shown('#groups .name'), shown('#classes .name'), shown('#kiosks .name'), shown('#hero #list, #stop')],
    wanted: [[numbers.name.de], numbers.lists.map(list => list.name), german(numbers.groups), german(numbers.classes),
      numbers.kiosks.map(kiosk => kiosk.gate), [numbers.lists[0].name, numbers.lists[0].stop]],
    tags: document.querySelectorAll('body *:not(rect):not(line):not(text)').length,
    isOwned: document.title === 'owned',
  };
}

// HOSTILE_NAMES in each of them: more than a thousand.
shows('a thousand hostile names are text and nothing else', 'tour', {}, async (page, stage, visitor) => {
  const tags = await page.evaluate(() => document.querySelectorAll('body *:not(rect):not(line):not(text)').length);
  for (let seed = 1; seed <= 75; seed++) {
    stage.say('hostile ' + seed);
    let found;
    const isTold = words => words.startsWith(seed + ' ');
    do found = await page.evaluate(comparison); while (!isTold(found.event) || !isTold(found.wanted[0][0]));
    assert.deepEqual(found.shown, found.wanted, `seed ${seed}`);
    assert.equal(found.tags, tags, `seed ${seed}: something became an element`);
    assert.equal(found.isOwned, false, `seed ${seed}`);
  }
  visitor.isFine();
  assert.deepEqual([...visitor.origins], [stage.url]);
});

// ---- its looks ----

// What a person would call broken: sideways scrolling, text over text or outside of its card, small targets.
function flaws() {
  const found = [], box = element => element.getBoundingClientRect();
  const isShown = element => box(element).width > 0 && getComputedStyle(element).visibility !== 'hidden';
  if (document.documentElement.scrollWidth > innerWidth) found.push('scrolls sideways');
  for (const row of document.querySelectorAll('.row')) {
    const name = row.querySelector('.name'), number = row.querySelector('.number');
    if (!isShown(name) || innerWidth < 256) continue;
    if (box(name).right > box(number).left + 1) found.push('a name runs into its number: ' + name.textContent);
    if (box(number).right > box(row).right + 1) found.push('a number leaves its row: ' + number.textContent);
  }
  for (const id of ['inside', 'of', 'fact', 'stop', 'list', 'last']) {
    const element = document.getElementById(id), hero = box(document.getElementById('hero'));
    if (element.textContent && isShown(element) && (box(element).right > hero.right || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0))
      found.push(`#${id} leaves the field`);
  }
  for (const button of document.querySelectorAll('button'))
    if (isShown(button) && (box(button).width < 44 || box(button).height < 44)) found.push('small target: ' + button.textContent);
  return found;
}

const SIZES = [
  {name: 'phone', width: 360, height: 740}, {name: 'small', width: 320, height: 568, scheme: 'dark'},
  {name: 'across', width: 740, height: 360}, {name: 'tablet', width: 800, height: 1280},
  {name: 'hall', width: 1920, height: 1080, scheme: 'dark'}, {name: 'zoomed', width: 1920, height: 1080, zoom: 2},
  {name: 'phone-zoomed', width: 720, height: 1480, zoom: 2, language: 'en-GB'},
];
for (const size of SIZES) {
  test(`nothing is cut or crossed: ${size.name}`, async () => {
    const stage = await startStage('tour'), visitor = await visit(browser, stage.link, size);
    for (const scene of SCENES) {
      stage.say('scene ' + scene);
      await visitor.page.waitForFunction(async () => {
        const answer = await (await fetch('numbers')).json();
        return document.title === answer.numbers.name[document.documentElement.lang] &&
          document.getElementById('inside').textContent.replace(/\D/g, '') === String(answer.numbers.lists[0].inside);
      });
      assert.deepEqual(await visitor.page.evaluate(flaws), [], scene);
      await picture(visitor.page, `${scene}-${size.name}`);
    }
    visitor.isFine();
    await visitor.context.close();
    await stage.end();
  });
}

// Every text against the ground it stands on: WCAG's relative luminance, 7 : 1.
function faint() {
  const channels = colour => colour.match(/[\d.]+/g).map(Number);
  const light = colour => channels(colour).slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    const colour = getComputedStyle(element).backgroundColor, alpha = channels(colour)[3];
    return alpha === undefined || alpha > 0 || !element.parentElement ? colour : ground(element.parentElement);
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const isText = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!isText || element.getBoundingClientRect().width === 0) continue;
    const style = getComputedStyle(element), ink = element.namespaceURI.endsWith('svg') ? style.fill : style.color;
    const [dark, bright] = [light(ink), light(ground(element))].sort((a, b) => a - b);
    if ((bright + 0.05) / (dark + 0.05) < 7) found.push(`${element.textContent}: ${ink} on ${ground(element)}`);
  }
  return found;
}

for (const scheme of ['light', 'dark']) {
  shows(`every text stands out from its ground: ${scheme}`, 'tour', {scheme}, async (page, stage) => {
    for (const scene of ['tour', 'meeting', 'gone', 'lonely']) {
      stage.say('scene ' + scene);
      await page.waitForFunction(wanted => document.title.includes(wanted), {tour: 'Brilon', meeting: 'Arnsberg', gone: 'Meschede', lonely: 'Brilon'}[scene]);
      assert.deepEqual(await page.evaluate(faint), [], scene);
    }
    stage.say('close');
    await becomes(page, '#banner', 'Keine neuen Zahlen');
    assert.deepEqual(await page.evaluate(faint), [], 'stale');
  });
}
