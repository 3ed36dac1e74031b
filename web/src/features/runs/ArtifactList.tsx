import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { downloads, queries } from '@/api';
import { formatBytes } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';

/** The files of a run, each to download. */
export function ArtifactList({ runId }: { runId: string }) {
  const artifacts = useQuery(queries.artifacts(runId));
  return (
    <Section title="Files" description="What the training left behind.">
      {artifacts.isPending && <LoadingLines lines={2} />}
      {artifacts.isError && <ProblemNotice error={artifacts.error} onRetry={() => void artifacts.refetch()} />}
      {artifacts.data?.length === 0 && <Text size="sm" c="dimmed">None.</Text>}
      {artifacts.data?.map((artifact) => (
        <div key={artifact.name}>
          <Anchor href={downloads.artifact(runId, artifact.name)} download>{artifact.name}</Anchor> <Text span size="sm" c="dimmed">{formatBytes(artifact.bytes)}</Text>
        </div>
      ))}
    </Section>
  );
}
