import { formatCount, formatShare, shorten } from '@/components/format';
import classes from './ConfusionMatrix.module.css';

interface ConfusionMatrixProps {
  classNames: readonly string[];
  /** [true class][predicted class] */
  counts: readonly (readonly number[])[];
  /** Shares of each true class instead of counts. */
  shares: boolean;
}

/** What was predicted for the rows of each true class: a table, coloured by share of its row. */
export function ConfusionMatrix({ classNames, counts, shares }: ConfusionMatrixProps) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Confusion matrix">
      <table className={classes.matrix}>
        <caption className={classes.caption}>Rows are what is true, columns what the model said.</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={classNames.length} className={classes.axis}>Predicted</th>
            <td />
          </tr>
          <tr>
            <th scope="col" className={classes.axis}>True</th>
            {classNames.map((name) => <th key={name} scope="col" title={name}>{shorten(name, 24)}</th>)}
            <th scope="col" className={classes.total}>Rows</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={truth}>
                <th scope="row" title={classNames[truth]}>{shorten(classNames[truth] ?? '', 24)}</th>
                {row.map((count, predicted) => {
                  const share = total === 0 ? 0 : count / total;
                  return (
                    <td
                      key={predicted}
                      className={classes.cell}
                      data-right={truth === predicted || undefined}
                      style={{ backgroundColor: `rgb(var(--heat) / ${(share * 0.55).toFixed(3)})` }}
                      title={`${formatCount(count)} of ${formatCount(total)} (${formatShare(share)}) that are ${classNames[truth]} were called ${classNames[predicted]}`}
                    >
                      {shares ? formatShare(share) : formatCount(count)}
                    </td>
                  );
                })}
                <td className={classes.total}>{formatCount(total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
