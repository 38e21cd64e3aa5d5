import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { CasePage } from './case-page';
import { DriftPage } from './drift-page';
import { ListsPage } from './lists-page';
import { ModelsPage } from './models-page';
import { QueuePage } from './queue-page';
import { RulesPage } from './rules-page';

export default [
  registerReactRouteComponent({
    component: QueuePage,
    path: 'review',
    title: 'Fraud review',
    breadcrumb: 'Fraud review',
  }),
  registerReactRouteComponent({
    component: CasePage,
    path: 'cases/:id',
    title: 'Fraud case',
    breadcrumb: 'Fraud case',
  }),
  registerReactRouteComponent({
    component: RulesPage,
    path: 'rules',
    title: 'Fraud rules',
    breadcrumb: 'Fraud rules',
  }),
  registerReactRouteComponent({
    component: ListsPage,
    path: 'lists',
    title: 'Fraud lists and settings',
    breadcrumb: 'Fraud lists and settings',
  }),
  registerReactRouteComponent({
    component: ModelsPage,
    path: 'models',
    title: 'Fraud models',
    breadcrumb: 'Fraud models',
  }),
  registerReactRouteComponent({
    component: DriftPage,
    path: 'drift',
    title: 'Fraud drift',
    breadcrumb: 'Fraud drift',
  }),
];
