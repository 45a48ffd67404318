// office_stage.mjs -- a real office (`einlass office`) with a book of its own, for its page in the browser.
import {execFileSync, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

const program = process.env.EINLASS_BUILD + '/bin/einlass';
export const PASSWORD = 'zehn Zeichen und mehr';

export function openBook(name = 'Netzwerktreffen im Rathaus') {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-office-'));
  const run = (words, typed) => execFileSync(program, words, {cwd: folder, input: typed, encoding: 'utf8', stdio: 'pipe'});
  run(['event', 'create', '--name', name, '--kind', 'netzwerktreffen', '--starts', '2026-11-22T18:00', '--ends', '2026-11-22T23:00', '--pin', '2468']);
  writeFileSync(join(folder, 'people.csv'), 'Nachname;Vorname\n' + Array.from({length: 45}, (_, n) => `Nach${n};Vor${n}\n`).join(''));
  run(['roster', 'import', 'people.csv']);
  return {folder, run, drop: () => rmSync(folder, {recursive: true, force: true})};
}

// {url, code (of the first login, or ''), end, pair(name)}
export async function startOffice(book, port = 0) {
  const child = spawn(program, ['office', '--plain', '--listen', `127.0.0.1:${port}`], {cwd: book.folder, stdio: ['ignore', 'pipe', 'ignore']});
  const lines = [];
  await new Promise((resolve, reject) => {
    createInterface({input: child.stdout}).on('line', line => { lines.push(line); if (line.startsWith('Ctrl-C')) resolve(); });
    child.once('exit', code => reject(new Error('the office ended: ' + code)));
  });
  const said = lines.join('\n'), url = /at (http:\S+)/.exec(said)[1];
  return {
    url, port: Number(new URL(url).port), code: (/with this code: (\S+)/.exec(said) || ['', ''])[1],
    end: () => new Promise(resolve => { child.once('exit', resolve); child.kill('SIGTERM'); }),
  };
}

// What a kiosk does with the text of a pairing code.
export async function enroll(office, text, name) {
  const body = {code: text.trim().split(/\s+/)[2], device_key: randomBytes(32).toString('hex'), name, version: '0.1.0'};
  const answer = await fetch(office.url + '/v1/enroll', {method: 'POST', body: JSON.stringify(body)});
  if (answer.status !== 200) throw new Error('not paired: ' + answer.status);
  const {token} = await answer.json();
  return (path, more) => fetch(office.url + path, {...more, headers: {Authorization: 'Bearer ' + token, 'User-Agent': 'einlass-kiosk/0.1.0'}});
}
