import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconApi, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { queries } from '@/api';
import { AccountMenu } from './AccountMenu';
import { ColorSchemeSwitch } from './ColorSchemeSwitch';
import { CommandPalette, PaletteButton } from './CommandPalette';
import { ConnectionBanner } from './ConnectionBanner';
import { JobActivity } from './JobActivity';
import { Logo } from './Logo';
import { places } from './places';
import classes from './Shell.module.css';

/** What stays while pages change: the way around, the state of the server, and what it is busy with. */
export function Shell() {
  return (
    <div className={classes.shell}>
      <a className="skip-link" href="#main">Skip to the page</a>
      <SideBar />
      <div className={classes.column}>
        <header className={classes.header}>
          <PaletteButton />
          <div className={classes.tools}>
            <JobActivity />
            <ColorSchemeSwitch />
            <AccountMenu />
          </div>
        </header>
        <ConnectionBanner />
        <Main />
      </div>
      <CommandPalette />
    </div>
  );
}

/** After a change of page the focus goes to its top, as it does when a browser loads one. */
function Main() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
    }

    first.current = false;
  }, [pathname]);
  return <main id="main" ref={main} tabIndex={-1} className={classes.main}><Outlet /></main>;
}

function SideBar() {
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const { data: health } = useQuery(queries.health());
  const { data: session } = useQuery(queries.session());
  return (
    <aside className={classes.side}>
      <Link to="/" className={classes.brand} aria-label="Strata, home">
        <Logo />
        <span className={classes.word}>Strata</span>
      </Link>
      <nav aria-label="Main" className={classes.nav}>
        {places.map(({ to, label, icon: Icon }) => (
          <Tooltip key={to} label={label} position="right" disabled={!narrow}>
            <Link to={to} className={classes.link} activeOptions={{ exact: to === '/', includeSearch: false }} aria-label={narrow ? label : undefined}>
              <Icon size={18} stroke={1.7} aria-hidden />
              <span className={classes.word}>{label}</span>
            </Link>
          </Tooltip>
        ))}
      </nav>
      <div className={classes.foot}>
        {session?.has_accounts === false && (
          <Tooltip label="Let other people in, each with an account" position="right">
            <Link to="/account" className={classes.link} aria-label={narrow ? 'Accounts' : undefined}>
              <IconUsers size={18} stroke={1.7} aria-hidden />
              <span className={classes.word}>Accounts</span>
            </Link>
          </Tooltip>
        )}
        <Tooltip label="The REST API, described" position="right">
          <a href="/docs" className={classes.link} aria-label={narrow ? 'API reference' : undefined}>
            <IconApi size={18} stroke={1.7} aria-hidden />
            <span className={classes.word}>API reference</span>
          </a>
        </Tooltip>
        {health && <div className={`${classes.version} ${classes.word}`}>Version {health.version}</div>}
      </div>
    </aside>
  );
}
