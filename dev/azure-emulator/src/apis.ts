import type { Application } from './seed.ts';

/** An application that others ask tokens for. */
export type Api = Application & Required<Pick<Application, 'identifierUris'>>;

/** The applications that are APIs. */
export function apisOf(applications: readonly Application[]): Api[] {
  return applications.filter((each): each is Api => each.identifierUris !== undefined);
}

/** The API that the resource names: by an identifier URI or by its client id, whatever the case and slashes at the end. */
export function findApi(applications: readonly Application[], resource: string): Api | undefined {
  const name = plainResource(resource);
  return apisOf(applications).find(({ clientId, identifierUris }) =>
    [clientId, ...identifierUris].some((known) => plainResource(known) === name),
  );
}

/** The roles of the API that were assigned to the application. */
export function assignedRoles({ appRoleAssignments = [] }: Application, api: Api): readonly string[] {
  return appRoleAssignments.filter((each) => each.api === api.name).flatMap(({ roles }) => roles);
}

/** A resource as Entra compares it. */
export function plainResource(resource: string): string {
  return resource.replace(/\/+$/, '').toLowerCase();
}
