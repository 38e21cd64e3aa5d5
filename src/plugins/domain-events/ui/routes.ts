import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { EventsPage } from './events-page';

export default [
  registerReactRouteComponent({ component: EventsPage, path: '', title: 'Events', breadcrumb: 'Events' }),
];
