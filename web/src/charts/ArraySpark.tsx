import { useEffect, useMemo, useRef } from 'react';
import { channelRange, parseArray, type ArrayKind, type ParsedArray } from './arrayText';
import classes from './ArraySpark.module.css';

interface ArraySparkProps {
  /** The array as JSON text. */
  text: string;
  kind: ArrayKind;
  label: string;
  /** In pixels. */
  height?: number;
}

/** A small picture of one array: lines for a series, a thumbnail for an image, dots for points. */
export function ArraySpark({ text, kind, label, height = 28 }: ArraySparkProps) {
  const array = useMemo(() => parseArray(text, kind), [text, kind]);
  if (array === null) {
    return <span title={text.slice(0, 1000)}>{text.slice(0, 120)}</span>;
  }

  return kind === 'series' ? <Lines array={array} label={label} height={height} /> : <Picture array={array} kind={kind} label={label} height={height} />;
}

const lineColors = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)'];

function Lines({ array, label, height }: { array: ParsedArray; label: string; height: number }) {
  const steps = array.height;
  return (
    <svg className={classes.lines} style={{ height }} viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
      {Array.from({ length: Math.min(array.channels, lineColors.length) }, (_, channel) => {
        const { least, most } = channelRange(array, channel);
        const path: string[] = [];
        let drawing = false;
        for (let step = 0; step < steps; step++) {
          const value = array.values[step * array.channels + channel];
          if (value === null || value === undefined) {
            drawing = false;
            continue;
          }

          const x = steps > 1 ? (step / (steps - 1)) * 100 : 50;
          const y = most > least ? 96 - ((value - least) / (most - least)) * 92 : 50;
          path.push(`${drawing ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`);
          drawing = true;
        }

        return <path key={channel} d={path.join('')} stroke={lineColors[channel]} vectorEffect="non-scaling-stroke" />;
      })}
    </svg>
  );
}

function Picture({ array, kind, label, height }: { array: ParsedArray; kind: ArrayKind; label: string; height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = kind === 'image' ? { width: array.width, height: array.height } : { width: 96, height: 96 };
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) {
      context.clearRect(0, 0, size.width, size.height);
      if (kind === 'image') {
        paintImage(context, array);
      } else {
        paintPoints(context, array, size.width, getComputedStyle(canvas.current!).color);
      }
    }
  }, [array, kind, size.width, size.height]);
  return (
    <canvas
      ref={canvas} width={size.width} height={size.height} role="img" aria-label={label}
      className={classes.picture} data-kind={kind} style={{ height, aspectRatio: `${size.width} / ${size.height}` }}
    />
  );
}

function paintImage(context: CanvasRenderingContext2D, array: ParsedArray) {
  const image = context.createImageData(array.width, array.height);
  const colored = array.channels === 3;
  const ranges = Array.from({ length: colored ? 3 : 1 }, (_, channel) => channelRange(array, channel));
  // Colours share one range, so that they stay what they are; values of bytes are shown as they are.
  const least = Math.min(...ranges.map((range) => range.least));
  const most = Math.max(...ranges.map((range) => range.most));
  const [from, to] = least >= 0 && most <= 255 && most > 1 ? [0, 255] : [least, most];
  for (let pixel = 0; pixel < array.width * array.height; pixel++) {
    for (let color = 0; color < 3; color++) {
      const value = array.values[pixel * array.channels + (colored ? color : 0)];
      image.data[4 * pixel + color] = value === null || value === undefined || to === from ? 0 : ((value - from) / (to - from)) * 255;
    }

    image.data[4 * pixel + 3] = array.values[pixel * array.channels] === null ? 0 : 255;
  }

  context.putImageData(image, 0, 0);
}

/** Seen from the side: the first coordinate to the right, the last of three upwards. */
function paintPoints(context: CanvasRenderingContext2D, array: ParsedArray, size: number, color: string) {
  const up = Math.min(array.channels, 3) - 1;
  const [across, along] = [channelRange(array, 0), channelRange(array, up)];
  const reach = Math.max(across.most - across.least, along.most - along.least) || 1;
  context.fillStyle = color;
  for (let point = 0; point < array.height; point++) {
    const x = array.values[point * array.channels];
    const y = array.values[point * array.channels + up];
    if (x !== null && x !== undefined && y !== null && y !== undefined) {
      const left = size / 2 + ((x - (across.least + across.most) / 2) / reach) * (size - 6);
      const top = size / 2 - ((y - (along.least + along.most) / 2) / reach) * (size - 6);
      context.fillRect(left - 1, top - 1, 2, 2);
    }
  }
}
