import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { SystemPage } from './system-page';

export default [
  registerReactRouteComponent({ component: SystemPage, path: '', title: 'System', breadcrumb: 'System' }),
];
