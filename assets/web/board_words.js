// board_words.js -- every text of the headcount page, German and English; and times and figures as each writes them.
const texts = {
  de: {
    other: 'English', otherShort: 'EN', live: 'live', loading: 'Einen Moment …',
    lists: 'Listen', groups: 'Gruppen', classes: 'Wer', arrivals: 'Ankünfte', kiosks: 'Kioske',
    closed: 'Dieser Link gilt nicht mehr. Bitte den QR-Code am Kiosk neu scannen.',
    away: 'Der Kiosk antwortet nicht. Ist das Handy im richtigen WLAN? Es wird weiter versucht.',
    stale: (time, age) => `Keine neuen Zahlen seit ${time} (${age}). Es wird weiter versucht.`,
    here: 'da', hereOf: n => `von ${n} da`, inside: n => n ? `drin · ${n} erwartet` : 'drin',
    given: 'ausgegeben', left: n => `noch ${n} übrig`, leftHere: n => `${n} an dieser Station`, none: 'nichts mehr übrig',
    missing: n => n === '1' ? '1 fehlt' : `${n} fehlen`, all: 'Alle da', signedOff: n => `${n} abgemeldet`,
    stop: (round, name) => name || `Runde ${round}`, noRound: 'Noch kein Halt begonnen',
    last: (time, age) => `Letzter Scan ${time}, ${age}`, noLast: 'Noch kein Scan',
    of: (n, all) => `${n} von ${all}`, peak: (n, time) => `Spitze um ${time}: ${n} in 5 min`,
    nobody: 'Noch niemand angekommen.', now: 'gerade eben', minutes: n => `vor ${n} min`, hours: n => `vor ${n} h`,
    never: 'noch nichts gehört', thisKiosk: 'dieser Kiosk', waiting: n => `${n} noch nicht im Büro`,
    chart: 'Ankünfte je fünf Minuten',
  },
  en: {
    other: 'Deutsch', otherShort: 'DE', live: 'live', loading: 'One moment …',
    lists: 'Lists', groups: 'Groups', classes: 'Who', arrivals: 'Arrivals', kiosks: 'Kiosks',
    closed: 'This link is no longer valid. Please scan the QR code at the kiosk again.',
    away: 'The kiosk does not answer. Is the phone in the right Wi-Fi? Still trying.',
    stale: (time, age) => `No news since ${time} (${age}). Still trying.`,
    here: 'here', hereOf: n => `of ${n} here`, inside: n => n ? `inside · ${n} expected` : 'inside',
    given: 'handed out', left: n => `${n} left`, leftHere: n => `${n} at this station`, none: 'none left',
    missing: n => `${n} missing`, all: 'Everybody is here', signedOff: n => `${n} signed off`,
    stop: (round, name) => name || `Round ${round}`, noRound: 'No stop begun yet',
    last: (time, age) => `Last scan ${time}, ${age}`, noLast: 'No scan yet',
    of: (n, all) => `${n} of ${all}`, peak: (n, time) => `Peak at ${time}: ${n} in 5 min`,
    nobody: 'Nobody has arrived yet.', now: 'just now', minutes: n => `${n} min ago`, hours: n => `${n} h ago`,
    never: 'nothing heard yet', thisKiosk: 'this kiosk', waiting: n => `${n} not yet at the office`,
    chart: 'Arrivals per five minutes',
  },
};

// German unless the browser asks for English, or somebody chose.
export function firstLanguage(chosen, browser) {
  if (chosen === 'de' || chosen === 'en') return chosen;
  return /^en\b/i.test(browser || '') ? 'en' : 'de';
}

export function words(language) {
  return texts[language];
}

const figureFormats = {};
export function figure(number, language) {
  if (!figureFormats[language]) figureFormats[language] = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB');
  return figureFormats[language].format(number);
}

const timeFormats = new Map(); // by zone, whatever it is called
function timeFormat(zone) {
  const form = {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'};
  if (timeFormats.has(zone)) return timeFormats.get(zone);
  try {
    timeFormats.set(zone, new Intl.DateTimeFormat('de-DE', Object.assign({timeZone: zone}, form)));
  } catch (unknownZone) {
    timeFormats.set(zone, new Intl.DateTimeFormat('de-DE', form));
  }
  return timeFormats.get(zone);
}

// "10:42", on the event's clock.
export function timeOfDay(unixMs, zone) {
  return timeFormat(zone).format(new Date(unixMs));
}

// How long ago; a clock that runs a little ahead of ours is "just now" too.
export function age(ms, language) {
  const say = texts[language], minutes = Math.floor(ms / 60000);
  if (ms < 60000) return say.now;
  return minutes < 90 ? say.minutes(minutes) : say.hours(figure(Math.round(minutes / 60), language));
}
