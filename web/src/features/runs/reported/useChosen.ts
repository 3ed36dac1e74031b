import { useState } from 'react';

/** Which runs are ticked, in the order in which they were. */
export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return {
    chosen,
    choose: (id: string, isChosen: boolean) => setChosen(new Set(isChosen ? [...chosen, id] : [...chosen].filter((other) => other !== id))),
    chooseNone: () => setChosen(new Set()),
  };
}
