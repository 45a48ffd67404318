// board_chart.js -- arrivals over time, as bars in an SVG of the room's own width.
import {figure, timeOfDay, words} from './board_words.js';

const SVG = 'http://www.w3.org/2000/svg';
// Of a text 16 px high; all grow with it.
const LEAST_BAR_PX = 5, MOST_BAR_PX = 28, LABEL_PX = 56, ABOVE_PX = 18, BELOW_PX = 20;
const MOST_BUCKETS = 96;

function add(parent, tag, attributes, text) {
  const element = parent.appendChild(document.createElementNS(SVG, tag));
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  if (text !== undefined) element.textContent = text;
  return element;
}

// {counts, fromMs, stepMs}: the right edge is now. Where little time has passed, the time before is shown too, so that
// a bar is a bar and no wall.
function bucketsUntilNow(list, numbers, nowMs, least) {
  const counts = list.arrivals.slice(), stepMs = numbers.arrivals_step_ms;
  const passed = Math.min(MOST_BUCKETS, Math.ceil((nowMs - numbers.arrivals_from_ms) / stepMs));
  while (counts.length < passed) counts.push(0);
  let fromMs = numbers.arrivals_from_ms;
  while (counts.length < least) {
    counts.unshift(0);
    fromMs -= stepMs;
  }
  return {counts, fromMs, stepMs};
}

// Narrow screens get fewer, wider bars: each the sum of several buckets.
function gather(counts, each) {
  const sums = [];
  for (let i = 0; i < counts.length; i++) {
    if (i % each === 0) sums.push(0);
    sums[sums.length - 1] += counts[i];
  }
  return sums;
}

function drawHours(svg, buckets, zone, size) {
  const bucketPx = size.width / buckets.counts.length, hourPx = bucketPx * 3600000 / buckets.stepMs, labelPx = LABEL_PX * size.scale;
  const everyMinutes = hourPx >= 2 * labelPx ? 30 : 60 * Math.max(1, Math.ceil(labelPx / hourPx));
  for (let i = 0; i < buckets.counts.length; i++) {
    const time = timeOfDay(buckets.fromMs + i * buckets.stepMs, zone), x = i * bucketPx;
    const minutes = 60 * Number(time.slice(0, 2)) + Number(time.slice(3));
    if (minutes % everyMinutes !== 0 || x > size.width - 0.7 * labelPx) continue;
    add(svg, 'line', {x1: x, x2: x, y1: size.base, y2: size.base + 5});
    add(svg, 'text', {x: x + 3, y: size.height - 2}, time);
  }
}

function drawBars(svg, sums, each, language, size) {
  const most = Math.max.apply(null, sums), wide = size.width * each / size.count, gap = wide > 12 ? 3 : 1;
  sums.forEach((sum, i) => {
    const high = Math.max(2, (size.base - ABOVE_PX * size.scale) * sum / most), width = Math.min(wide, size.width - i * wide) - gap;
    if (sum > 0) add(svg, 'rect', {x: i * wide, y: size.base - high, width, height: high, rx: Math.min(3, width / 2)});
  });
  const top = sums.indexOf(most), isLate = top > sums.length / 2;
  add(svg, 'text', {x: isLate ? (top + 1) * wide - gap : top * wide, y: (ABOVE_PX - 5) * size.scale, 'text-anchor': isLate ? 'end' : 'start'},
    figure(most, language));
}

function drawSvg(room, buckets, view, size, label) {
  const svg = document.createElementNS(SVG, 'svg');
  const each = Math.ceil(LEAST_BAR_PX * size.scale * size.count / size.width);
  svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  add(svg, 'line', {x1: 0, x2: size.width, y1: size.base, y2: size.base});
  drawBars(svg, gather(buckets.counts, each), each, view.language, size);
  drawHours(svg, buckets, view.numbers.zone, size);
  room.textContent = '';
  room.appendChild(svg);
}

export function drawChart(section, list, view) {
  const say = words(view.language), room = section.querySelector('.chart'), note = section.querySelector('.note');
  const most = Math.max.apply(null, [0].concat(list.arrivals)), numbers = view.numbers;
  const peakMs = numbers.arrivals_from_ms + list.arrivals.indexOf(most) * numbers.arrivals_step_ms;
  const told = most === 0 ? say.nobody : say.peak(figure(most, view.language), timeOfDay(peakMs, numbers.zone));
  if (note.textContent !== told) note.textContent = told;
  room.hidden = most === 0;
  const size = {width: room.clientWidth, height: room.clientHeight, scale: parseFloat(getComputedStyle(room).fontSize) / 16};
  if (most === 0 || size.width === 0) return;
  const least = Math.min(MOST_BUCKETS, Math.floor(size.width / (MOST_BAR_PX * size.scale)));
  const buckets = bucketsUntilNow(list, numbers, view.nowMs, least), key = JSON.stringify([buckets, size, view.language]);
  if (room.dataset.key === key) return; // nothing would look different
  room.dataset.key = key;
  size.count = buckets.counts.length;
  size.base = size.height - BELOW_PX * size.scale;
  drawSvg(room, buckets, view, size, `${say.chart}. ${told}`);
}
