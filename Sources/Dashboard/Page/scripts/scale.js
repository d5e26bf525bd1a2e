// Where an axis' ticks are.

/** Beyond this, the difference of two numbers may be infinite. */
const most = 1e300;

/** Round numbers within a range, about as many as wanted, and the range that ends on them. */
export function numberTicks(low, high, wanted) {
  low = Math.max(-most, Math.min(most, low));
  high = Math.max(-most, Math.min(most, high));
  if (low === high) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1;
    low -= low === 0 ? 0 : room;
    high += room;
  }
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough * 0.999) || power * 10;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = [];
  for (let index = first; index <= last && ticks.length < 50; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  const [least, greatest] = [ticks[0], ticks[ticks.length - 1]];
  // Numbers so close to each other, or to nothing, that there is none between them.
  if (!(greatest > least)) return { low: low - 1, high: Math.max(high, low) + 1, ticks: [low - 1, Math.max(high, low) + 1] };
  return { low: least, high: greatest, ticks };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const dayLength = 24 * hour;
const steps = [
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute,
  15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, dayLength, 2 * dayLength, 7 * dayLength,
  14 * dayLength, 30 * dayLength, 90 * dayLength, 365 * dayLength,
];

/** Instants at which a clock on the wall shows something round; in milliseconds since 1970. */
export function timeTicks(from, to, wanted) {
  const rough = (to - from) / Math.max(1, wanted);
  const step = steps.find((each) => each >= rough) || steps[steps.length - 1];
  const offset = -new Date(from).getTimezoneOffset() * minute;
  const ticks = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to && ticks.length < 100; at += step) {
    ticks.push(at);
  }
  return { ticks, step };
}

/** A round number of seconds for a range to be asked in about as many steps as wanted. */
export function niceStep(seconds, wanted) {
  const rough = seconds / wanted;
  const nice = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400];
  return nice.find((each) => each >= rough) || Math.ceil(rough / 86400) * 86400;
}
