import { Button, Menu } from '@mantine/core';
import { IconLogout, IconSettings, IconUser, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { logOut, queries } from '@/api';

/** Who is logged in, and the way out; nothing while there are no accounts. */
export function AccountMenu() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: session } = useQuery(queries.session());
  const leave = useMutation({
    mutationFn: logOut,
    onSettled: () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      return client.invalidateQueries({ queryKey: ['session'] });
    },
  });
  if (!session?.user) {
    return null;
  }

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconUser size={14} aria-hidden />}>{session.user.name}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={14} aria-hidden />} onClick={() => void navigate({ to: '/account' })}>Your account</Menu.Item>
        {session.is_admin && <Menu.Item leftSection={<IconUsers size={14} aria-hidden />} onClick={() => void navigate({ to: '/admin' })}>Users and projects</Menu.Item>}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={14} aria-hidden />} onClick={() => leave.mutate()}>Log out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
