import { Anchor, Button, Menu, type AnchorProps, type ButtonProps, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type LinkAttributes = Omit<ComponentPropsWithRef<'a'>, 'style' | 'color'>;

/** Links inside the page, whose addresses and parameters are checked when it is built. */
export const TextLink = createLink((props: AnchorProps & LinkAttributes) => <Anchor {...props} />);

export const ButtonLink = createLink((props: ButtonProps & LinkAttributes) => <Button component="a" {...props} />);

export const MenuLink = createLink((props: MenuItemProps & LinkAttributes) => <Menu.Item component="a" {...props} />);
