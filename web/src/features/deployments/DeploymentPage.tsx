import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Badge } from '@mantine/core';
import { queries, type DeploymentView } from '@/api';
import { formatAgo, formatTime } from '@/components/format';
import { LoadingBlock, LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { AskPanel } from './AskPanel';
import { CanaryNotice } from './CanaryNotice';
import { DeploymentActions } from './DeploymentActions';
import { HistoryPanel } from './HistoryPanel';
import { ModelShares } from './ModelShares';
import { PredictionsPanel } from './PredictionsPanel';
import { TrafficPanel } from './TrafficPanel';
import { WatchPanel } from './WatchPanel';
import { changeNames } from './words';
import classes from './DeploymentPage.module.css';

const parent = { to: '/deployments', label: 'Deployments' } as const;

/** One deployment: what stands behind the name, how it does, and what it has answered. */
export function DeploymentPage() {
  const { name } = useParams({ from: '/deployments/$name' });
  const deployment = useQuery(queries.deployment(name));
  if (deployment.isPending) {
    return <><PageHeader title={name} parent={parent} /><LoadingLines lines={3} /><LoadingBlock height={320} /></>;
  }

  if (deployment.isError && deployment.data === undefined) {
    return <><PageHeader title={name} parent={parent} /><ProblemNotice error={deployment.error} onRetry={() => void deployment.refetch()} /></>;
  }

  return <DeploymentContent key={name} deployment={deployment.data} />;
}

function DeploymentContent({ deployment }: { deployment: DeploymentView }) {
  const { tab = 'traffic' } = useSearch({ from: '/deployments/$name' });
  const navigate = useNavigate();
  const { current } = deployment;
  return (
    <>
      <PageHeader
        title={deployment.name} parent={parent} badge={current.canary ? <Badge color="indigo">Trial running</Badge> : <Badge color="teal">Serving</Badge>}
        description={<>Revision {current.revision}: {changeNames[current.change].toLowerCase()} <span title={formatTime(current.at)}>{formatAgo(current.at)}</span>{current.by && <> by <strong>{current.by}</strong></>}{current.note && <>, because “{current.note}”</>}</>}
        actions={<DeploymentActions deployment={deployment} />}
      />
      <div className={classes.stack}>
        <CanaryNotice deployment={deployment} />
        <ModelShares deployment={deployment} />
        <Tabs value={tab} onChange={(value) => void navigate({ to: '/deployments/$name', params: { name: deployment.name }, search: value === null || value === 'traffic' ? {} : { tab: value }, replace: true })}>
          <Tabs.List mb="md">
            <Tabs.Tab value="traffic">Traffic</Tabs.Tab>
            <Tabs.Tab value="ask">Try it</Tabs.Tab>
            <Tabs.Tab value="watch">Drift and quality</Tabs.Tab>
            <Tabs.Tab value="predictions">Predictions</Tabs.Tab>
            <Tabs.Tab value="history">History</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="traffic"><TrafficPanel deployment={deployment} /></Tabs.Panel>
          <Tabs.Panel value="ask"><AskPanel deployment={deployment} /></Tabs.Panel>
          <Tabs.Panel value="watch"><WatchPanel deployment={deployment} /></Tabs.Panel>
          <Tabs.Panel value="predictions"><PredictionsPanel deployment={deployment} /></Tabs.Panel>
          <Tabs.Panel value="history"><HistoryPanel deployment={deployment} /></Tabs.Panel>
        </Tabs>
      </div>
    </>
  );
}
