import { Alert, Button, List, Spoiler, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { asProblem } from '@/api';

interface ProblemNoticeProps {
  error: unknown;
  onRetry?: () => void;
  onClose?: () => void;
  mt?: string;
}

/** Says what went wrong and what to do, with everything that the server found. */
export function ProblemNotice({ error, onRetry, onClose, mt }: ProblemNoticeProps) {
  const problem = asProblem(error);
  const further = problem.problems.filter((text) => text !== problem.detail);
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      mt={mt}
      icon={problem.unreachable ? <IconPlugConnectedX /> : <IconAlertTriangle />}
      title={problem.title}
      withCloseButton={onClose !== undefined}
      closeButtonLabel="Dismiss"
      onClose={onClose}
    >
      {problem.detail && <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{problem.detail}</Text>}
      {further.length > 0 && (
        <Spoiler maxHeight={180} showLabel="Show all" hideLabel="Show less" mt="xs">
          <List size="sm" spacing={4}>
            {further.map((text, index) => <List.Item key={index} style={{ overflowWrap: 'anywhere' }}>{text}</List.Item>)}
          </List>
        </Spoiler>
      )}
      {onRetry && <Button size="xs" variant="default" mt="sm" onClick={onRetry}>Try again</Button>}
    </Alert>
  );
}
