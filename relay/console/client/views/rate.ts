import { h, replace, svg } from '../dom';
import { count } from '../format';
import type { Overview } from '../types';

const WIDTH = 720;
const HEIGHT = 90;
/** Seconds on show. */
const SPAN = 120;

interface Sample {
  atMs: number;
  settled: number;
}

/** Settled operations per second over the last two minutes, drawn from the counts as they come. */
export function createRate(): { element: HTMLElement; update: (overview: Overview) => void } {
  const chart = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: 'rate',
    role: 'img',
    preserveAspectRatio: 'none',
  });
  const legend = h('p', { class: 'rate-legend' });
  const samples: Sample[] = [];
  return {
    element: h('div', {}, legend, chart),
    update({ at, byState }) {
      const atMs = Date.parse(at);
      samples.push({
        atMs,
        settled: byState.done + byState.review + byState.dead + byState.superseded + byState.cancelled,
      });
      while ((samples[0]?.atMs ?? atMs) < atMs - SPAN * 1000) samples.shift();
      const points = rates(samples);
      const peak = Math.max(0, ...points.map(({ perSecond }) => perSecond));
      draw(chart, points, atMs, Math.max(1, peak));
      const show = (value: number) => `${count(Math.round(value))}/s`;
      replace(
        legend,
        h('span', {}, `peak ${show(peak)}`),
        h('strong', {}, `now ${show(points.at(-1)?.perSecond ?? 0)}`),
      );
    },
  };
}

interface Point {
  atMs: number;
  perSecond: number;
}

function rates(samples: readonly Sample[]): Point[] {
  return samples.slice(1).flatMap((sample, index) => {
    const before = samples[index];
    const seconds = before ? (sample.atMs - before.atMs) / 1000 : 0;
    return before && seconds > 0
      ? [{ atMs: sample.atMs, perSecond: Math.max(0, (sample.settled - before.settled) / seconds) }]
      : [];
  });
}

function draw(element: SVGElement, points: readonly Point[], nowMs: number, top: number): void {
  const x = (atMs: number) => WIDTH - ((nowMs - atMs) / (SPAN * 1000)) * WIDTH;
  const y = (perSecond: number) => HEIGHT - 4 - (perSecond / top) * (HEIGHT - 10);
  const line = points.map(({ atMs, perSecond }) => `${x(atMs).toFixed(1)},${y(perSecond).toFixed(1)}`).join(' ');
  const first = points[0];
  const last = points.at(-1);
  const area =
    first && last
      ? `M${x(first.atMs).toFixed(1)},${HEIGHT} L${line.replaceAll(' ', ' L')} L${x(last.atMs).toFixed(1)},${HEIGHT} Z`
      : '';
  replace(
    element,
    svg('line', { x1: 0, x2: WIDTH, y1: HEIGHT - 4, y2: HEIGHT - 4, class: 'axis' }),
    svg('path', { d: area, class: 'area' }),
    svg('polyline', { points: line, class: 'curve' }),
  );
}
