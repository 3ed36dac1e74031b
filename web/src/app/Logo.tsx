export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-indigo-7)" />
      <path d="M6 12.5 16 7.5l10 5-10 5z" fill="#fff" />
      <path d="m6 17 10 5 10-5" fill="none" stroke="#fff" strokeOpacity=".75" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
      <path d="m6 21.5 10 5 10-5" fill="none" stroke="#fff" strokeOpacity=".45" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}
