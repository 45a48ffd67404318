// office_stage.mjs -- a real office (`einlass office`) with a book of its own, for its page in the browser.
import {execFileSync, spawn} from 'node:child_process';
import {createHash, generateKeyPairSync, randomBytes, sign} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

const program = process.env.EINLASS_BUILD + '/bin/einlass';
export const PASSWORD = 'zehn Zeichen und mehr';

export function openBook(name = 'Netzwerktreffen im Rathaus', first = 'Lena Hoffmann') {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-office-'));
  const run = (words, typed) => execFileSync(program, words, {cwd: folder, input: typed, encoding: 'utf8', stdio: 'pipe'});
  run(['event', 'create', '--name', name, '--kind', 'netzwerktreffen', '--starts', '2026-11-22T18:00', '--ends', '2026-11-22T23:00', '--pin', '2468']);
  writeFileSync(join(folder, 'people.csv'), `Name\n"${first.replace(/"/g, '""')}"\n` + Array.from({length: 44}, (_, n) => `Vor${n} Nach${n}\n`).join(''));
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

// What a kiosk does with the text of a pairing code. {ask, admit(gate, tickets)}: one batch, signed as FORMATS says.
export async function enroll(office, text, name) {
  const {publicKey, privateKey} = generateKeyPairSync('ed25519'), log = randomBytes(16);
  const device = Buffer.from(publicKey.export({format: 'jwk'}).x, 'base64url');
  const body = {code: text.trim().split(/\s+/)[2], device_key: device.toString('hex'), name, version: '0.1.0'};
  const answer = await fetch(office.url + '/v1/enroll', {method: 'POST', body: JSON.stringify(body)});
  if (answer.status !== 200) throw new Error('not paired: ' + answer.status);
  const {token} = await answer.json();
  const ask = (path, more) => fetch(office.url + path, {...more, headers: {Authorization: 'Bearer ' + token, 'User-Agent': 'einlass-kiosk/0.1.0'}});
  const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts.map(part => Buffer.from(part)))).digest();
  const number = n => { const bytes = Buffer.alloc(8); bytes.writeBigUInt64BE(BigInt(n)); return bytes; };
  const admit = async (gate, guests) => {
    const prev = sha('einlass-log/1', log, device), now = Date.now();
    let head = prev;
    const lines = guests.map((guest, i) => {
      const line = JSON.stringify({seq: i + 1, kind: 'entry', event: 1, list: 1, gate, ticket: guest.ticket, person: guest.person, reason: 'ok',
        via: 'camera', boot: 1, boot_ms: 1000 + i, unix_ms: now + i, clock: 'ntp'});
      head = sha(head, number(i + 1), line);
      return line;
    });
    const sig = sign(null, Buffer.concat([Buffer.from('einlass-head/1\0'), log, number(lines.length), head]), privateKey);
    const header = {log: log.toString('hex'), first: 1, count: lines.length, prev: prev.toString('hex'), head: head.toString('hex'),
      sig: sig.toString('hex'), clock: 'ntp', device: device.toString('hex'), gate};
    const done = await ask(`/v1/logs/${header.log}/records`, {method: 'POST', body: [JSON.stringify(header), ...lines, ''].join('\n')});
    if (done.status !== 200) throw new Error('not taken: ' + done.status + await done.text());
  };
  return {ask, admit};
}
