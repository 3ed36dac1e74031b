import { Button, Checkbox, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ProblemError, uploadDataset, type StepLayout, type UploadProgress } from '@/api';
import { FileDrop } from './FileDrop';
import { formatBytes } from './format';
import { headerOf } from './headerOf';
import { ProblemNotice } from './ProblemNotice';
import { StepLayoutForm } from './StepLayoutForm';
import { tableEndings } from './tableFiles';
import classes from './UploadTable.module.css';

/** Enough of a file for its first line. */
const headerBytes = 1 << 18;

interface UploadTableProps {
  compact?: boolean;
  onStored: (datasetId: string) => void;
}

/** Takes a table from the person's computer to the server, saying how far it is. */
export function UploadTable({ compact = false, onStored }: UploadTableProps) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [asSteps, setAsSteps] = useState(false);
  const [asked, setAsked] = useState<{ file: File; columns: string[] } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const upload = useMutation({
    mutationFn: ({ file, steps }: { file: File; steps: StepLayout | null }) => {
      stop.current = new AbortController();
      setProgress({ sentBytes: 0, totalBytes: file.size, reading: false });
      return uploadDataset(file, null, setProgress, stop.current.signal, steps);
    },
    onSuccess: (dataset) => {
      void client.invalidateQueries({ queryKey: ['datasets'] });
      onStored(dataset.id);
    },
    onSettled: () => setProgress(null),
  });

  if (upload.isPending && progress !== null) {
    return <UploadState name={upload.variables.file.name} progress={progress} onStop={() => stop.current?.abort()} />;
  }

  const error = upload.error ?? (refused === null ? null : new ProblemError('That cannot be uploaded', -1, refused));
  const dismiss = () => {
    upload.reset();
    setRefused(null);
  };
  const take = (file: File) => {
    setRefused(null);
    if (!asSteps) {
      upload.mutate({ file, steps: null });
      return;
    }

    void file.slice(0, headerBytes).text().then((text) => setAsked({ file, columns: headerOf(text) }));
  };

  if (asked !== null) {
    return (
      <div>
        <StepLayoutForm
          fileName={asked.file.name} columns={asked.columns} onUpload={(steps) => upload.mutate({ file: asked.file, steps })}
          onCancel={() => {
            dismiss();
            setAsked(null);
          }}
        />
        {error && <ProblemNotice error={error} mt="sm" onClose={dismiss} />}
      </div>
    );
  }

  return (
    <div>
      <FileDrop
        label="Drop a table here"
        hint="A table (CSV, TSV, JSON lines, Excel), series (.ts), NumPy arrays, or a zip of images, point clouds, or a table and the files it names. Up to 100 MB unless your server says otherwise."
        accept={tableEndings}
        compact={compact}
        onFile={take}
        onRefused={(reason) => {
          upload.reset();
          setRefused(reason);
        }}
      />
      <Checkbox
        mt="sm" label="One row is one step of a series" description="Rows of one patient, machine or star become one row with its whole series." checked={asSteps}
        onChange={(event) => setAsSteps(event.currentTarget.checked)}
      />
      {error && <ProblemNotice error={error} mt="sm" onClose={dismiss} />}
    </div>
  );
}

function UploadState({ name, progress, onStop }: { name: string; progress: UploadProgress; onStop: () => void }) {
  const percent = progress.totalBytes === 0 ? 100 : (progress.sentBytes / progress.totalBytes) * 100;
  return (
    <div className={classes.state} role="status">
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text fw={550} style={{ overflowWrap: 'anywhere' }}>{progress.reading ? `Reading ${name}` : `Uploading ${name}`}</Text>
        {!progress.reading && <Button size="xs" variant="default" onClick={onStop}>Stop</Button>}
      </Group>
      <Progress value={percent} animated={progress.reading} striped={progress.reading} mt="xs" aria-label={progress.reading ? 'Reading the table' : 'Upload progress'} />
      <Text size="sm" c="dimmed" mt={6}>
        {progress.reading
          ? 'All bytes have arrived. Finding delimiter, column types and missing values.'
          : `${formatBytes(progress.sentBytes)} of ${formatBytes(progress.totalBytes)}`}
      </Text>
    </div>
  );
}
