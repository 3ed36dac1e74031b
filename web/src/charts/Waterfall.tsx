import { Breakable } from '@/components/Breakable';
import { formatCell, formatNumber, formatSigned, shorten } from '@/components/format';
import { MissingValue } from '@/components/MissingValue';
import { extent, linearScale } from './scale';
import { waterfallSteps, type Contribution, type WaterfallStep } from './waterfallSteps';
import classes from './Waterfall.module.css';

interface WaterfallProps {
  bias: number;
  contributions: readonly Contribution[];
  /** What it speaks for: a class, or the target. */
  toward: string;
  most?: number;
  /** What the way leads to. */
  explained?: 'raw_score' | 'prediction';
}

/** How a prediction came about, from the starting point through every column's push to the raw score. A table to a screen reader. */
export function Waterfall({ bias, contributions, toward, most, explained = 'raw_score' }: WaterfallProps) {
  const what = explained === 'prediction' ? 'prediction' : 'raw score';
  const steps = waterfallSteps(bias, contributions, most, explained === 'prediction' ? 'Prediction' : 'Raw score');
  const running = steps.filter((step) => step.kind !== 'total').map((step) => step.to);
  const [low, high] = extent(running, 0.06);
  const scale = linearScale([low, high], [0, 100]);
  return (
    <div>
      <div className={classes.key} aria-hidden>
        <span><i className={classes.raises} />raises {toward}</span>
        <span><i className={classes.lowers} />lowers {toward}</span>
      </div>
      <table className={classes.table}>
        <caption className={classes.hidden}>How each column moved the {what} of {toward}</caption>
        <thead className={classes.hidden}>
          <tr><th scope="col">Column</th><th scope="col">Value</th><th scope="col">Course</th><th scope="col">Change of the {what}</th></tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <tr key={index} data-kind={step.kind}>
              <th scope="row" className={classes.name}>
                <Breakable text={shorten(step.name, 60)} />
              </th>
              <td className={classes.value}>{step.kind === 'column' && (step.value === null ? <MissingValue /> : <span title={step.value}>{formatCell(step.value, 22)}</span>)}</td>
              <td aria-hidden><Course step={step} scale={scale} /></td>
              <td className={classes.change}>{step.kind === 'bias' || step.kind === 'total' ? formatNumber(step.change, 3) : formatSigned(step.change)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Course({ step, scale }: { step: WaterfallStep; scale: (value: number) => number }) {
  if (step.kind === 'bias' || step.kind === 'total') {
    return <span className={classes.track}><span className={classes.stand} style={{ left: `${scale(step.to)}%` }} /></span>;
  }

  const left = scale(Math.min(step.from, step.to));
  const right = scale(Math.max(step.from, step.to));
  return (
    <span className={classes.track}>
      <span className={step.change > 0 ? classes.raises : classes.lowers} style={{ left: `${left}%`, width: `max(2px, ${right - left}%)` }} />
    </span>
  );
}
