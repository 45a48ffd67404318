// The clerk's page in a real browser, over a real office.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {openBrowser, picture, visit} from './browser.mjs';
import {PASSWORD, enroll, openBook, startOffice} from './office_stage.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const says = (page, selector, wanted) => page.locator(selector).filter({hasText: wanted}).waitFor();

// A test with an office and one visitor; `how.isIn`: who is logged in already.
function office(name, how, body) {
  test(name, async () => {
    const book = openBook(how.event, how.guest);
    if (how.isIn) book.run(['clerk', 'add', 'sommer'], PASSWORD + '\n');
    if (how.isPublished) book.run(['event', 'publish']);
    const stage = await startOffice(book), visitor = await visit(browser, stage.url, {width: 1280, height: 800, ...how});
    try {
      if (how.isIn) await logIn(visitor.page);
      await body(visitor.page, stage, visitor, book);
      if (!how.mayFail) visitor.isFine();
    } finally {
      await visitor.context.close();
      await stage.end();
      book.drop();
    }
  });
}

async function logIn(page) {
  await page.fill('#name', 'sommer');
  await page.fill('#password', PASSWORD);
  await page.click('#enter');
  await page.locator('#event-title').filter({hasText: /./}).waitFor();
}

async function tabTo(page, selector) {
  for (let i = 0; i < 60; i++) {
    if (await page.evaluate(wanted => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

// The two minutes of a clerk, without a mouse.
office('first login, publish, pair, revoke: by keyboard only', {}, async (page, stage) => {
  assert.ok(stage.code);
  await tabTo(page, '#code');
  await page.keyboard.type(stage.code.toLowerCase());
  await tabTo(page, '#name');
  await page.keyboard.type('frau.sommer');
  await tabTo(page, '#password');
  await page.keyboard.type(PASSWORD);
  await picture(page, 'office-setup');
  await page.keyboard.press('Enter');
  await says(page, '#event-title', 'Netzwerktreffen im Rathaus');
  await says(page, '#event-state', 'Noch nicht veröffentlicht');
  await tabTo(page, '#publish');
  await page.keyboard.press('Enter');
  await says(page, '#event-state', 'Version 1');
  await says(page, '#done', 'Version 1 ist veröffentlicht');
  await tabTo(page, '#pair');
  await page.keyboard.press('Enter');
  await tabTo(page, '#kiosk-name');
  await page.keyboard.type('Tür Nord');
  await page.keyboard.press('Enter');
  await page.locator('#pair-code svg').waitFor();
  await says(page, '#pair-state', 'Wartet');
  await picture(page, 'office-pair');
  const kiosk = await enroll(stage, await page.locator('#pair-code code').innerText(), 'Tür Nord');
  await says(page, '#done', 'Tür Nord ist gekoppelt');
  await page.locator('#pair-form').waitFor({state: 'hidden'});
  assert.equal((await kiosk.ask('/v1/feed?event=1')).status, 200);
  await says(page, '#kiosks li', 'verbunden');
  await tabTo(page, '[aria-label="Tür Nord sperren"]');
  await page.keyboard.press('Enter');
  await says(page, '.sure', 'Tür Nord sperren?');
  await picture(page, 'office-sure');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Nein', 'the safe answer first');
  await page.waitForTimeout(3500); // drawn anew in between: the keyboard stays where it was
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Ja, sperren');
  await page.keyboard.press('Enter');
  await says(page, '#kiosks li', 'Gesperrt');
  assert.equal((await kiosk.ask('/v1/feed?event=1')).status, 403);
});

office('what is wrong is said in words', {isIn: false, mayFail: true}, async (page, stage, visitor, book) => {
  book.run(['clerk', 'add', 'sommer'], PASSWORD + '\n');
  await page.reload();
  await page.fill('#name', 'sommer');
  await page.fill('#password', 'falsch falsch');
  await page.click('#enter');
  await says(page, '#banner', 'Name oder Passwort stimmt nicht');
  await page.fill('#password', PASSWORD);
  await page.click('#enter');
  await says(page, '#event-title', 'Netzwerktreffen');
  await page.click('#pair');
  await page.fill('#kiosk-name', 'Nord');
  await page.click('#pair-form .main');
  await enroll(stage, await page.locator('#pair-code code').innerText(), 'Nord');
  await says(page, '#done', 'gekoppelt');
  await page.click('#pair');
  await page.fill('#kiosk-name', 'Nord');
  await page.click('#pair-form .main');
  await says(page, '#banner', 'So heißt schon ein Kiosk');
  await page.waitForTimeout(3500); // the page has asked anew meanwhile: what was said stays to be read
  await says(page, '#banner', 'So heißt schon ein Kiosk');
  await page.fill('#kiosk-name', 'Nord\u202ed');
  await page.click('#pair-form .main');
  await says(page, '#banner', 'Dieser Name geht nicht');
  book.run(['clerk', 'remove', 'sommer']);
  await says(page, '#banner', 'Die Anmeldung ist abgelaufen');
  await page.locator('#login').waitFor();
  await page.locator('#office').waitFor({state: 'hidden'}); // nothing stays on the screen
});

office('another login is made, and taken away', {isIn: true}, async (page, stage, visitor, book) => {
  await page.click('#clerk-title');
  await says(page, '#clerks li', 'das sind Sie');
  await page.fill('#clerk-name', 'Jörg Ebert');
  await page.fill('#clerk-password', PASSWORD);
  await page.click('#clerk-form button');
  await page.click('[aria-label="Jörg Ebert entfernen"]');
  await says(page, '#clerks .sure', 'Jörg Ebert entfernen?');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Nein', 'the safe answer first');
  await picture(page, 'office-clerks');
  await page.click('#clerks .danger');
  await says(page, '#done', 'kann sich nicht mehr anmelden');
  await page.locator('#clerks li').nth(1).waitFor({state: 'detached'});
});

office('an office that is away is waited for', {isIn: true, mayFail: true}, async (page, stage, visitor, book) => {
  await stage.end();
  await says(page, '#banner', 'Das Büro antwortet nicht');
  const again = await startOffice(book, stage.port);
  await page.locator('#banner:empty').waitFor({state: 'attached'});
  stage.end = again.end;
  assert.equal(await page.locator('#office').isVisible(), true, 'and the login holds');
});

office('the board opens for a clerk, and its code for phones', {isIn: true, isPublished: true}, async (page, stage, visitor) => {
  await page.click('#share-board');
  await page.locator('#board-link svg').waitFor();
  await picture(page, 'office-board-link');
  const link = await page.locator('#board-link code').innerText();
  assert.match(link, /\/board\/1\/#[0-9a-f]{32}$/);
  const phone = await visit(browser, link, {width: 360, height: 740});
  await says(phone.page, '#inside', '0');
  assert.equal(await phone.page.title(), 'Netzwerktreffen im Rathaus');
  phone.isFine();
  assert.equal((await phone.page.request.get(stage.url + '/office/devices')).status(), 401);
  await phone.context.close();
  const [board] = await Promise.all([page.context().waitForEvent('page'), page.click('#open-board')]);
  await says(board, '#inside', '0');
});

office('lists are downloaded as CSV', {isIn: true, isPublished: true}, async page => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#reports li:nth-child(2) a')]);
  assert.equal(download.suggestedFilename(), 'einlass-1-attendance.csv');
});

const HOSTILE = '<img src=x onerror=alert(1)>"\'&<script>alert(2)</script>';
// Somebody is let in at two gates that know nothing of each other.
async function letInTwice(page, stage, gates, isPatient = false) {
  for (const gate of gates) {
    await page.click('#pair');
    await page.fill('#kiosk-name', gate.replace('\u202e', '').slice(0, 40));
    await page.click('#pair-form .main');
    const kiosk = await enroll(stage, await page.locator('#pair-code code').innerText(), 'x');
    await page.locator('#pair').waitFor();
    const event = JSON.parse((await (await kiosk.ask('/v1/events/1')).text()).split('\n').slice(1).join('\n'));
    await kiosk.admit(gate, [event.roster.find(guest => guest.person === Math.min(...event.roster.map(one => one.person)))]);
  }
  if (!isPatient) await page.reload();
  await page.locator('#conflicts li').waitFor(); // comes by itself, too
}

office('who was let in twice is told in words', {isIn: true, isPublished: true}, async (page, stage) => {
  await letInTwice(page, stage, ['Nord', 'Süd'], true);
  assert.match(await page.locator('#conflicts li').innerText(), /^Ticket von Lena Hoffmann um \d\d:\d\d an Nord und um \d\d:\d\d an Süd/);
  await page.locator('#no-conflict').waitFor({state: 'hidden'});
  await page.click('#language');
  await says(page, '#conflicts li', 'Ticket of Lena Hoffmann');
  await picture(page, 'office-conflict');
});

office('what strangers named stays text', {isIn: true, isPublished: true, event: HOSTILE.slice(0, 100), guest: HOSTILE}, async (page, stage) => {
  page.on('dialog', () => assert.fail('a script ran'));
  await letInTwice(page, stage, [HOSTILE.slice(0, 20), '"><b>\u202eSüd']);
  await page.locator('#kiosks .name').nth(1).waitFor();
  assert.deepEqual((await page.locator('#kiosks .name').allInnerTexts()).sort(), ['"><b>Süd', HOSTILE.slice(0, 20)]);
  assert.equal(await page.locator('#event-title').innerText(), HOSTILE.slice(0, 100));
  assert.ok((await page.locator('#conflicts li').innerText()).includes(HOSTILE), 'all of the name, as text');
  assert.equal(await page.locator('main img, main script, main b').count(), 0);
});

const LOOKS = [
  {name: 'desktop', width: 1280, height: 900}, {name: 'dark', width: 1280, height: 900, scheme: 'dark'},
  {name: 'zoom', width: 1280, height: 800, zoom: 2}, {name: 'phone', width: 360, height: 740},
  {name: 'english', width: 1280, height: 900, language: 'en-GB'}, {name: 'small', width: 640, height: 740, zoom: 2},
];
for (const look of LOOKS) {
  office(`fits: ${look.name}`, {...look, isIn: true, isPublished: true}, async (page, stage, visitor) => {
    await letInTwice(page, stage, ['Eingang Nord, am Rathaus', 'Eingang Süd']);
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide[0] <= wide[1], `wider than the window: ${wide}`);
    const small = await page.evaluate(() => Array.from(document.querySelectorAll('button, a.button, input, select, summary')).filter(node => node.offsetParent && node.type !== 'checkbox')
      .filter(node => node.getBoundingClientRect().height < 43.5).map(node => node.id || node.textContent));
    assert.deepEqual(small, [], 'too small for a thumb');
    const nameless = await page.evaluate(() => Array.from(document.querySelectorAll('input, select')).filter(node => !node.labels.length).map(node => node.id));
    assert.deepEqual(nameless, []);
    const screenshots = process.env.EINLASS_SCREENSHOTS;
    await page.click('#pair');
    await page.fill('#kiosk-name', 'Süd');
    await page.click('#pair-form .main');
    await page.locator('#pair-code svg').waitFor();
    if (screenshots) await page.screenshot({path: `${screenshots}/office-${look.name}.png`, fullPage: true});
    assert.deepEqual([...visitor.origins], [stage.url]);
  });
}
