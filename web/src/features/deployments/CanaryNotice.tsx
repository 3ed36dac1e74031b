import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { promoteInDeployment, queries, rollBackDeployment, type DeploymentView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { formatCount, formatSeconds, formatShare, formatTime } from '@/components/format';
import { useNow } from '@/components/useNow';
import { armsSince } from './trafficSeries';
import { useDeploymentChange } from './useDeploymentChange';
import { modelTitle } from './words';

/** The trial that a deployment is in: how long it takes, how the new model does, and the two ways to end it early. */
export function CanaryNotice({ deployment }: { deployment: DeploymentView }) {
  const { canary, at, models } = deployment.current;
  const now = useNow();
  const { data: traffic } = useQuery({ ...queries.deploymentTraffic(deployment.name, 24), enabled: canary !== null });
  const [ending, setEnding] = useState<'promote' | 'back' | null>(null);
  const close = () => setEnding(null);
  const promote = useDeploymentChange(() => promoteInDeployment(deployment.name, canary!.model_id, 'The trial was ended early.'), () => 'The new model gets all traffic now.', close);
  const back = useDeploymentChange(() => rollBackDeployment(deployment.name, null), () => 'The trial was taken back.', close);
  if (canary === null) {
    return null;
  }

  const model = models.find(({ model_id }) => model_id === canary.model_id);
  const title = modelTitle(model ?? { name: null, version: null });
  const [own, others] = armsSince(traffic?.minutes ?? [], at, canary.model_id);
  const [start, end] = [Date.parse(at), Date.parse(canary.until)];
  const asked = own.answered + own.failed;
  return (
    <Alert color="indigo" variant="light" icon={<IconTestPipe />} title={`${title} is on trial with ${formatShare(model?.share, 1)} of the traffic`}>
      <Progress value={Math.min(100, (100 * (now - start)) / Math.max(1, end - start))} size="sm" my={6} aria-label="How much of the trial is over" />
      <Text size="sm">
        {now < end ? `${formatSeconds((end - now) / 1000)} to go, until ${formatTime(canary.until)}; then it gets all traffic.` : 'Its time is over; it gets all traffic in a moment, unless it was worse.'}{' '}
        It has answered {formatCount(own.answered)} requests{asked < canary.least_requests && ` of the ${formatCount(canary.least_requests)} after which it is judged`} and failed in {formatCount(own.failed)}; the others answered {formatCount(others.answered)} and failed in {formatCount(others.failed)}.
        It is taken back when it fails in over {formatShare(canary.most_failures)} more of its requests, takes over {canary.most_slowdown} times as long, or its outcomes are worse.
      </Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" onClick={() => setEnding('promote')}>Give it all traffic now</Button>
        <Button size="xs" variant="default" onClick={() => setEnding('back')}>Take it back</Button>
      </Group>
      <ConfirmDialog
        opened={ending === 'promote'} title={`Give ${title} all traffic?`} confirmLabel="Promote it" color="indigo" cancelLabel="Go on trying" busy={promote.isPending} error={promote.error}
        onConfirm={() => promote.mutate(undefined)} onClose={() => { promote.reset(); close(); }}
      >
        The trial ends, and every request goes to it. You can roll back.
      </ConfirmDialog>
      <ConfirmDialog
        opened={ending === 'back'} title={`Take ${title} back?`} confirmLabel="Take it back" color="indigo" cancelLabel="Go on trying" busy={back.isPending} error={back.error}
        onConfirm={() => back.mutate(undefined)} onClose={() => { back.reset(); close(); }}
      >
        The trial ends, and the deployment serves what it served before.
      </ConfirmDialog>
    </Alert>
  );
}
