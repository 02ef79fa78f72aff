/**
 * Draws charts with Chart.js, which is loaded when the first chart is. Colours differ in lightness and in pattern, too, so
 * that they can be told apart without seeing hues, and have a contrast of 3:1 to the page (WCAG 2.2, 1.4.11).
 */
import { locale } from './texts.js';

const LIBRARY = '../libs/chart.js/chart.umd.min.js';

const PALETTES = {
  light: {
    text: '#3d3d4a', line: '#d9d9e3', back: '#ffffff',
    approved: '#0b5cad', auto: '#0b5cad', bypassed: '#7d3fb2', rejected: '#c2410c', failed: '#c2410c', undecided: '#74747f',
    median: '#0b5cad', p90: '#c2410c',
  },
  dark: {
    text: '#c9c9d6', line: '#43435a', back: '#14141b',
    approved: '#6cb2ff', auto: '#6cb2ff', bypassed: '#d0a5ff', rejected: '#ff9a5c', failed: '#ff9a5c', undecided: '#a6a6b6',
    median: '#6cb2ff', p90: '#ff9a5c',
  },
};
const PATTERNS = { auto: stripes, failed: stripes, bypassed: dots };

/** @returns {Promise<{bars(chart): object, lines(chart): object}>} rejected where the library cannot be had */
export async function load() {
  await import(LIBRARY); // a script of before modules: it leaves its name behind
  const { Chart } = globalThis;
  return { bars: chart => bars(Chart, chart), lines: chart => lines(Chart, chart) };
}

/** How many gates ended how, a bar a month. */
function bars(Chart, { canvas, labels, series }) {
  const palette = paletteAt(canvas);
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels,
      datasets: series.map(({ kind, label, values }) => ({
        label, data: values, backgroundColor: fill(kind, palette), hoverBackgroundColor: fill(kind, palette),
        borderColor: palette[kind], borderWidth: 1.5, maxBarThickness: 48,
      })),
    },
    options: options(palette, { boxWidth: 18, boxHeight: 12 }, {
      x: { stacked: true, ...axis(palette, false) },
      y: { stacked: true, beginAtZero: true, ...axis(palette, true), ticks: { color: palette.text, precision: 0 } },
    }),
  });
}

/** How long decisions took, by month; months without any are gaps that the line goes over. */
function lines(Chart, { canvas, labels, series, unit, length, say }) {
  const palette = paletteAt(canvas);
  const tick = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
  const look = { median: { pointStyle: 'circle' }, p90: { pointStyle: 'triangle', borderDash: [6, 4] } };
  return new Chart(canvas, {
    type: 'line',
    data: {
      labels,
      datasets: series.map(({ kind, label, values }) => ({
        label, data: values.map(value => (value === null ? null : value / length)), spanGaps: true,
        borderColor: palette[kind], backgroundColor: palette[kind], borderWidth: 2, pointRadius: 5, pointHoverRadius: 7, ...look[kind],
      })),
    },
    options: options(palette, { usePointStyle: true, pointStyleWidth: 16 }, {
      x: axis(palette, false),
      y: { beginAtZero: true, ...axis(palette, true), ticks: { color: palette.text, callback: value => tick.format(value) } },
    }, ({ dataset, parsed }) => `${dataset.label}: ${say(parsed.y * length)}`),
  });
}

function options(palette, legend, scales, label) {
  return {
    animation: false, // it is drawn again whenever a gate ends: nothing shall dance
    responsive: true,
    maintainAspectRatio: false,
    layout: { padding: { right: 16 } }, // the last month's name is as wide as the others'
    interaction: { mode: 'index', intersect: false },
    scales,
    plugins: {
      legend: { position: 'bottom', onClick: () => {}, labels: { color: palette.text, ...legend } },
      tooltip: label ? { callbacks: { label } } : {},
    },
  };
}

const axis = (palette, grid) => ({ grid: { display: grid, color: palette.line }, border: { color: palette.line }, ticks: { color: palette.text } });

/** By what is really behind the canvas: a host's theme need not follow the system's. */
function paletteAt(canvas) {
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  probe.fillStyle = getComputedStyle(canvas.parentElement).backgroundColor; // any way of writing colours, understood by the browser
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? PALETTES.dark : PALETTES.light;
}

const fill = (kind, palette) => (PATTERNS[kind] ? PATTERNS[kind](palette[kind], palette.back) : palette[kind]);

function stripes(colour, back) {
  return pattern(8, back, tile => {
    tile.strokeStyle = colour;
    tile.lineWidth = 3;
    for (const shift of [-8, 0, 8]) {
      tile.moveTo(shift - 2, 10);
      tile.lineTo(shift + 10, -2);
    }
    tile.stroke();
  });
}

function dots(colour, back) {
  return pattern(6, back, tile => {
    tile.fillStyle = colour;
    tile.arc(3, 3, 2, 0, 2 * Math.PI);
    tile.fill();
  });
}

function pattern(size, back, draw) {
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const tile = canvas.getContext('2d');
  tile.fillStyle = back;
  tile.fillRect(0, 0, size, size);
  draw(tile);
  return tile.createPattern(canvas, 'repeat');
}
