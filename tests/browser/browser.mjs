// browser.mjs -- Debian's Chromium, and the small servers whose pages it shows.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';

const build = process.env.EINLASS_BUILD;
const {chromium} = createRequire(build + '/browser/')('playwright-core');

export async function openBrowser() {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium']).toString().trim();
  return chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync']});
}

// A program that says "URL TOKEN" once it serves, and takes commands by lines.
export async function startStage(scene, port) {
  const child = spawn(build + '/tests/board_stage', [scene].concat(port || []), {stdio: ['pipe', 'pipe', 'ignore']});
  const line = await new Promise((resolve, reject) => {
    createInterface({input: child.stdout}).once('line', resolve);
    child.once('exit', code => reject(new Error('the stage ended: ' + code)));
  });
  const [url, token] = line.split(' ');
  return {
    url, token, link: `${url}/#${token}`,
    say: command => child.stdin.write(command + '\n'),
    end: () => new Promise(resolve => { child.once('exit', resolve); child.stdin.end('end\n'); }),
  };
}

// A visitor of their own: {width, height, zoom, scheme, language}. Whatever goes wrong in the page fails the test that
// asks `visitor.isFine()`.
export async function visit(browser, link, how = {}) {
  const zoom = how.zoom || 1;
  const context = await browser.newContext({
    viewport: {width: Math.round((how.width || 360) / zoom), height: Math.round((how.height || 740) / zoom)},
    deviceScaleFactor: zoom, colorScheme: how.scheme || 'light', locale: how.language || 'de-DE', timezoneId: 'Asia/Tokyo',
  });
  context.setDefaultTimeout(90000); // a busy machine is no fault of the page's
  const page = await context.newPage(), faults = [], origins = new Set();
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('request', request => origins.add(new URL(request.url()).origin));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective));
  });
  await page.goto(link);
  return {context, page, faults, origins, isFine: () => assert.deepEqual(faults, [])};
}

// For people to look at: EINLASS_SCREENSHOTS=DIR.
export async function picture(page, name) {
  const folder = process.env.EINLASS_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, {recursive: true});
  await page.screenshot({path: `${folder}/${name}.png`});
}
