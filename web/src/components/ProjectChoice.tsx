import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api';

/** Which project something new belongs to; asked only of those who have several. */
export function ProjectChoice({ project, onProject }: { project: string | null; onProject: (project: string | null) => void }) {
  const { data: session } = useQuery(queries.session());
  const projects = session?.projects ?? [];
  return projects.length < 2 ? null : (
    <Select
      label="Project" description="Whose members can see it." required data={projects.map(({ id, name }) => ({ value: id, label: name }))} value={project} placeholder="Choose a project"
      onChange={onProject}
    />
  );
}
