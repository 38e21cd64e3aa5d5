import { addNavMenuItem } from '@vendure/admin-ui/core';
import { PERMISSION } from './system-status.query';

export default [
  addNavMenuItem(
    {
      id: 'system-overview',
      label: 'System',
      icon: 'dashboard',
      routerLink: ['/extensions/system'],
      requiresPermission: PERMISSION,
    },
    'system',
  ),
];
