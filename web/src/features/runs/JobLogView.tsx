import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { downloads, type LogLine } from '@/api';
import { Section } from '@/components/Section';
import classes from './RunPage.module.css';

const mostLines = 1000;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The end of the job's log; it stays at the newest line unless somebody has scrolled up. */
export function JobLogView({ jobId, lines, running }: { jobId: string; lines: readonly LogLine[]; running: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (atEnd.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines]);
  const shown = lines.slice(-mostLines);
  return (
    <Section
      title="Log"
      description={lines.length > mostLines ? `The last ${mostLines} of ${lines.length} lines` : undefined}
      actions={lines.length > 0 && <Button component="a" href={downloads.jobLog(jobId)} variant="subtle" size="compact-sm" leftSection={<IconDownload size={15} aria-hidden />}>Download</Button>}
      flush
    >
      {lines.length === 0
        ? <Text size="sm" c="dimmed" p="md">{running ? 'No lines yet.' : 'This job wrote no log.'}</Text>
        : (
          <div
            ref={box} className={classes.log} tabIndex={0} role="log" aria-label="Job log"
            onScroll={(event) => {
              const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
              atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
            }}
          >
            {shown.map((line) => <div key={line.number}><time dateTime={line.time}>{clock.format(new Date(line.time))}</time><span>{line.text}</span></div>)}
          </div>
        )}
    </Section>
  );
}
