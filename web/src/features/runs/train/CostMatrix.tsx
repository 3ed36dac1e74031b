import { NumberInput, Text } from '@mantine/core';
import { evenCosts } from './finish';
import classes from './CostMatrix.module.css';

interface CostMatrixProps {
  classNames: readonly string[];
  costs: readonly (readonly (number | null)[])[] | null;
  onChange: (costs: readonly (readonly (number | null)[])[]) => void;
}

/** What each mistake costs: a line for what is true, a column for what is called. */
export function CostMatrix({ classNames, costs, onChange }: CostMatrixProps) {
  const shown = costs !== null && costs.length === classNames.length ? costs : evenCosts(classNames.length);
  const set = (truth: number, called: number, value: number | null) => onChange(shown.map((line, row) => line.map((cost, column) => (row === truth && column === called ? value : cost))));
  return (
    <div>
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label="Costs of mistakes">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col"><Text span size="xs" c="dimmed">true class</Text></th>
              {classNames.map((name) => <th key={name} scope="col">called {name}</th>)}
            </tr>
          </thead>
          <tbody>
            {classNames.map((truth, row) => (
              <tr key={truth}>
                <th scope="row">{truth}</th>
                {classNames.map((called, column) => (
                  <td key={called}>
                    <NumberInput
                      className={classes.number} size="xs" hideControls aria-label={`Cost of calling ${truth} ${called}`} value={shown[row]?.[column] ?? ''}
                      onChange={(value) => set(row, column, typeof value === 'number' ? value : null)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed" mt={6}>In any unit: only how the numbers compare matters. Right answers usually cost 0.</Text>
    </div>
  );
}
