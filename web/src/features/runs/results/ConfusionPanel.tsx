import { SegmentedControl, Table } from '@mantine/core';
import { useState } from 'react';
import type { Evaluation } from '@/api';
import { ChartFigure, ConfusionMatrix } from '@/charts';
import { formatCount, formatShare, shorten } from '@/components/format';
import { WideTable } from '@/components/WideTable';
import classes from '../RunPage.module.css';

const kinds = [{ value: 'counts', label: 'Counts' }, { value: 'shares', label: 'Shares' }];

/** Which classes are taken for which. */
export function ConfusionPanel({ evaluation }: { evaluation: Evaluation }) {
  const [kind, setKind] = useState('counts');
  const { classes: names, confusion } = evaluation;
  return (
    <div className={classes.panel}>
      <ChartFigure
        title="Confusion matrix" picture={false}
        description="What the model said about the test rows of each true class. Right answers are on the diagonal."
        table={{ columns: ['true class', ...names.map((name) => `predicted ${name}`)], rows: confusion.map((row, index) => [names[index] ?? '', ...row]) }}
        controls={<SegmentedControl size="xs" mb="sm" data={kinds} value={kind} onChange={setKind} aria-label="Counts or shares" />}
      >
        <ConfusionMatrix classNames={names} counts={confusion} shares={kind === 'shares'} />
      </ChartFigure>
      <div style={{ height: 16 }} />
      <WideTable label="Precision and recall of each class" minWidth={340}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Class</Table.Th><Table.Th scope="col" ta="end" title="Of the rows called this class, the share that are">Precision</Table.Th>
              <Table.Th scope="col" ta="end" title="Of the rows of this class, the share that was found">Recall</Table.Th><Table.Th scope="col" ta="end">F1</Table.Th><Table.Th scope="col" ta="end">Rows</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {evaluation.per_class.map((report) => (
              <Table.Tr key={report.class}>
                <Table.Th scope="row" fw={500} title={report.class}>{shorten(report.class, 30)}</Table.Th>
                <Table.Td ta="end">{formatShare(report.precision)}</Table.Td><Table.Td ta="end">{formatShare(report.recall)}</Table.Td>
                <Table.Td ta="end">{report.f1.toFixed(3)}</Table.Td><Table.Td ta="end">{formatCount(report.support)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </div>
  );
}
