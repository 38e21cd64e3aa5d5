import { addNavMenuItem } from '@vendure/admin-ui/core';
import { READ } from './stock.query';

export default [
  addNavMenuItem(
    {
      id: 'stock',
      label: 'Stock',
      icon: 'bundle',
      routerLink: ['/extensions/inventory'],
      requiresPermission: held => READ.some(permission => held.includes(permission)),
    },
    'catalog',
  ),
];
