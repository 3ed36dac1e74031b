import { Button, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useId, useRef, useState, type DragEvent } from 'react';
import classes from './FileDrop.module.css';

interface FileDropProps {
  label: string;
  hint: string;
  /** File name endings, such as `.csv`. */
  accept: readonly string[];
  disabled?: boolean;
  compact?: boolean;
  onFile: (file: File) => void;
  onRefused: (reason: string) => void;
}

/** A place to drop one file on, and a button that opens the file dialog. */
export function FileDrop({ label, hint, accept, disabled = false, compact = false, onFile, onRefused }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const hintId = useId();

  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (!file) {
      onRefused('That was not a file. Drop a file from your computer, or choose one with the button.');
    } else if (files.length > 1) {
      onRefused(`You dropped ${files.length} files. Drop one file at a time.`);
    } else if (file.size === 0) {
      onRefused(`\u201c${file.name}\u201d is empty. Choose a file with a header line and at least one row.`);
    } else {
      onFile(file);
    }
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) {
      take(event.dataTransfer.files);
    }
  };

  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      data-compact={compact || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={compact ? 22 : 28} stroke={1.4} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <Text fw={550}>{label}</Text>
        <Text size="sm" c="dimmed" id={hintId}>{hint}</Text>
      </div>
      <Button variant="default" disabled={disabled} aria-describedby={hintId} onClick={() => input.current?.click()}>Choose a file</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept.join(',')}
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
