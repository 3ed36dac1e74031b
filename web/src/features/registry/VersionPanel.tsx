import { Button, Group, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { demoteVersion, promoteVersion, queries, type ModelVersionView, type PromotionRules, type RegistryPlace } from '@/api';
import { formatMetric, metricTitle } from '@/components/metricWords';
import { formatTime, humanize } from '@/components/format';
import { TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { Pairs } from '@/components/Pairs';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { Approvals } from './Approvals';
import { GateOutcomes } from './GateOutcomes';
import { PromoteDialog } from './PromoteDialog';
import { ReasonDialog } from './ReasonDialog';
import { useRegistryChange } from './useRegistryChange';
import { VersionStatus } from './VersionStatus';
import classes from './RegisteredModelPage.module.css';

interface VersionPanelProps {
  place: RegistryPlace;
  version: ModelVersionView;
  rules: PromotionRules;
}

/** One version: where it comes from, what its gates and people say, and the ways up and down. */
export function VersionPanel({ place, version, rules }: VersionPanelProps) {
  const check = useQuery(queries.promotionCheck(place, version.version));
  return (
    <div className={classes.stack}>
      <Section title={<Group gap="sm" component="span">Version {version.version} <VersionStatus status={version.status} /></Group>} description={version.description || undefined} actions={<Ways place={place} version={version} check={check.data} />}>
        <div className={classes.pair}>
          <Pairs
            rows={[
              ['Registered', formatTime(version.created_at)],
              ['Model', version.model_id === null ? 'kept for another program; not served here' : <TextLink key="model" to="/models/$modelId" params={{ modelId: version.model_id }}>{version.algorithm ? humanize(version.algorithm) : 'the stored model'}</TextLink>],
              ['Made by', version.run_id === null ? (version.source || 'nobody said') : <TextLink key="run" to="/runs/$runId" params={{ runId: version.run_id }}>a run</TextLink>],
              ['Lineage', <TextLink key="lineage" to="/lineage" search={{ kind: 'model_version', id: version.id }}>from rows to predictions</TextLink>],
              ...Object.entries(version.tags).map(([name, value]) => [name, value] as const),
            ]}
          />
          {Object.keys(version.metrics).length === 0
            ? <Text size="sm" c="dimmed">No metrics are known of it.</Text>
            : <Pairs rows={Object.entries(version.metrics).slice(0, 8).map(([name, value]) => [metricTitle(name), formatMetric(name, value)])} />}
        </div>
      </Section>
      <div className={classes.pair}>
        <Section
          title="Gates" description="Measured now, as they would be at a promotion to production."
          actions={<Button size="xs" variant="default" loading={check.isFetching} onClick={() => void check.refetch()}>Measure again</Button>}
        >
          {check.isPending && <LoadingLines lines={3} />}
          {check.isError && <ProblemNotice error={check.error} onRetry={() => void check.refetch()} />}
          {check.data && <GateOutcomes outcomes={check.data.gates} />}
        </Section>
        <Approvals place={place} version={version} needed={rules.approvals} />
      </div>
    </div>
  );
}

function Ways({ place, version, check }: { place: RegistryPlace; version: ModelVersionView; check: Parameters<typeof PromoteDialog>[0]['check'] }) {
  const [open, setOpen] = useState<'promote' | 'stage' | 'archive' | null>(null);
  const close = () => setOpen(null);
  const stage = useRegistryChange((reason: string | null) => promoteVersion(place, version.version, { to: 'staged', force: false, reason }), () => `Version ${version.version} is staged.`, close);
  const archive = useRegistryChange((reason: string | null) => demoteVersion(place, version.version, 'archived', reason), () => `Version ${version.version} is archived.`, close);
  return (
    <>
      {version.status !== 'production' && <Button size="xs" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => setOpen('promote')}>Promote to production</Button>}
      {(version.status === 'training' || version.status === 'archived') && <Button size="xs" variant="default" onClick={() => setOpen('stage')}>Stage it</Button>}
      {version.status !== 'archived' && <Button size="xs" variant="default" leftSection={<IconArrowDown size={15} aria-hidden />} onClick={() => setOpen('archive')}>Archive it</Button>}
      {open === 'promote' && <PromoteDialog place={place} version={version} check={check} onClose={close} />}
      <ReasonDialog
        opened={open === 'stage'} title={`Stage version ${version.version}?`} confirmLabel="Stage it" busy={stage.isPending} error={stage.error} onConfirm={(reason) => stage.mutate(reason)} onClose={() => { stage.reset(); close(); }}
      >
        It is marked as under trial; what is served does not change.
      </ReasonDialog>
      <ReasonDialog
        opened={open === 'archive'} title={`Archive version ${version.version}?`} confirmLabel="Archive it" busy={archive.isPending} error={archive.error} onConfirm={(reason) => archive.mutate(reason)} onClose={() => { archive.reset(); close(); }}
      >
        {version.status === 'production' ? 'It leaves production. A deployment that is bound to this model keeps answering with it until another version is promoted.' : 'It is marked as no longer in use. It can be promoted again.'}
      </ReasonDialog>
    </>
  );
}
