import { addNavMenuItem } from '@vendure/admin-ui/core';
import { READ } from './events.query';

export default [
  addNavMenuItem(
    {
      id: 'domain-events',
      label: 'Events',
      icon: 'event',
      routerLink: ['/extensions/domain-events'],
      requiresPermission: READ,
    },
    'system',
  ),
];
