import {
	CategoryScale,
	Chart,
	type ChartDataset,
	Filler,
	LinearScale,
	LineController,
	LineElement,
	type Plugin,
	PointElement,
	Tooltip
} from 'chart.js';
import type { TrendPoint } from '$lib/domain/report/trend.ts';
import { formatCount, formatPercent } from '$lib/domain/shared/number.ts';
import { m } from '$lib/paraglide/messages.js';

Chart.register(LineController, LineElement, PointElement, LinearScale, CategoryScale, Filler, Tooltip);

export interface TrendDrawing {
	/** Short names of the steps. */
	labels: readonly string[];
	/** Whole names, for whoever points at one. */
	names: readonly string[];
	/** One line each; nothing is drawn between two of them. */
	segments: readonly (readonly (TrendPoint | null)[])[];
	/** A line over the whole width: the target, or zero. */
	level: { value: number; name: string };
	range: { min: number; max: number };
	/** Steps where a series breaks. */
	breaks: readonly { index: number; text: string }[];
}

/** Draws on the canvas in the colours of the page; returns how to take it away. */
export function drawTrend(canvas: HTMLCanvasElement, drawing: TrendDrawing): () => void {
	const style = getComputedStyle(canvas);
	const colour = (name: string) => style.getPropertyValue(name).trim();
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	const size = Number.parseFloat(style.fontSize) * 0.875;
	Object.assign(Chart.defaults.font, { family: style.fontFamily, size });
	const chart = new Chart(canvas, {
		type: 'line',
		data: {
			labels: [...drawing.labels],
			datasets: [...drawing.segments.flatMap((points) => datasetsOf(points, colour)), levelOf(drawing, colour)]
		},
		options: {
			animation: still ? false : { duration: 150 },
			maintainAspectRatio: false,
			interaction: { mode: 'index', intersect: false },
			scales: {
				x: {
					grid: { display: false },
					border: { color: colour('--line') },
					ticks: { color: colour('--quiet'), maxRotation: 0, autoSkipPadding: size }
				},
				y: {
					...drawing.range,
					grid: { color: colour('--line') },
					border: { display: false },
					ticks: { color: colour('--quiet'), maxTicksLimit: 6 }
				}
			},
			plugins: {
				tooltip: {
					displayColors: false,
					filter: ({ dataset }) => dataset.order === 0,
					callbacks: {
						title: ([first]) => (first ? (drawing.names[first.dataIndex] ?? '') : ''),
						label: ({ datasetIndex, dataIndex }) => said(drawing.segments[Math.floor(datasetIndex / 3)]?.[dataIndex])
					}
				}
			}
		},
		plugins: [breakLines(drawing.breaks, colour, `${size}px ${style.fontFamily}`)]
	});
	return () => chart.destroy();
}

function said(point: TrendPoint | null | undefined): string {
	if (!point) return m.report_withheld();
	const figures = {
		value: formatPercent(point.value),
		low: formatPercent(point.low),
		high: formatPercent(point.high)
	};
	return point.n === null ? m.trend_tooltip(figures) : m.trend_tooltip_n({ ...figures, n: formatCount(point.n) });
}

/** The line with its points, full where it is ranked and hollow where not, and the two edges of its interval with the band between them. */
function datasetsOf(points: readonly (TrendPoint | null)[], colour: (name: string) => string): ChartDataset<'line'>[] {
	const edge = (of: 'low' | 'high'): ChartDataset<'line'> => ({
		data: points.map((point) => point?.[of] ?? null),
		borderWidth: 0,
		pointRadius: points.map((point, i) => (point && !points[i - 1] && !points[i + 1] ? 2 : 0)),
		pointBackgroundColor: colour('--bar-band'),
		backgroundColor: `${colour('--bar-band')}88`,
		pointHoverRadius: 0,
		fill: of === 'high' ? '-1' : false,
		order: 2
	});
	return [
		{
			data: points.map((point) => point?.value ?? null),
			borderColor: colour('--primary'),
			borderWidth: 2,
			pointRadius: 3.5,
			pointBorderWidth: 1.5,
			pointBorderColor: colour('--primary'),
			pointBackgroundColor: points.map((point) => colour(point?.hollow ? '--paper' : '--primary')),
			spanGaps: false,
			order: 0
		},
		edge('low'),
		edge('high')
	];
}

const levelOf = (drawing: TrendDrawing, colour: (name: string) => string): ChartDataset<'line'> => ({
	label: drawing.level.name,
	data: drawing.labels.map(() => drawing.level.value),
	borderColor: colour('--ink'),
	borderWidth: 1,
	borderDash: [6, 4],
	pointRadius: 0,
	pointHoverRadius: 0,
	order: 1
});

/** A dashed upright line before the step that begins a new series, with its reason. */
function breakLines(breaks: TrendDrawing['breaks'], colour: (name: string) => string, font: string): Plugin<'line'> {
	return {
		id: 'series-breaks',
		afterDatasetsDraw({ ctx, chartArea, scales }) {
			for (const { index, text } of breaks) {
				const step = scales.x.getPixelForValue(1) - scales.x.getPixelForValue(0);
				const x = scales.x.getPixelForValue(index) - step / 2;
				ctx.save();
				ctx.strokeStyle = colour('--edge');
				ctx.fillStyle = colour('--quiet');
				ctx.font = font;
				ctx.setLineDash([2, 3]);
				ctx.beginPath();
				ctx.moveTo(x, chartArea.top);
				ctx.lineTo(x, chartArea.bottom);
				ctx.stroke();
				const wide = ctx.measureText(text).width + 8;
				ctx.textAlign = x + wide > chartArea.right ? 'right' : 'left';
				ctx.fillText(text, x + (ctx.textAlign === 'right' ? -4 : 4), chartArea.bottom - 6);
				ctx.restore();
			}
		}
	};
}
