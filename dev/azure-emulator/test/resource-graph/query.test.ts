import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../src/resource-graph/expression.ts';
import { runQuery } from '../../src/resource-graph/query.ts';
import type { QueryError } from '../../src/resource-graph/query-error.ts';

const columns = new Map<string, ColumnType>([
  ['id', 'string'],
  ['name', 'string'],
  ['location', 'string'],
  ['tags', 'dynamic'],
]);
const rows = [
  { id: '/1', name: 'rg-Prod-web', location: 'westeurope', tags: { env: 'prod', 'cost-centre': '12' } },
  { id: '/2', name: 'rg-test', location: 'uksouth', tags: { env: 'test' } },
  { id: '/3', name: "rg-o'clock", location: 'uksouth', tags: null },
];
const run = (query: string) => runQuery(query, new Map([['resourcecontainers', () => ({ columns, rows })]]));
const ids = (predicate: string) => run(`ResourceContainers | where ${predicate}`).rows.map(({ id }) => id);

function failure(query: string): QueryError {
  try {
    run(query);
  } catch (error) {
    return error as QueryError;
  }
  throw new Error(`${query} was answered`);
}

describe('where', () => {
  it.for([
    ["name == 'rg-prod-web'", []],
    ["name == 'rg-Prod-web'", ['/1']],
    ["name =~ 'RG-PROD-WEB'", ['/1']],
    ["name != 'rg-test'", ['/1', '/3']],
    ["name !~ 'RG-TEST'", ['/1', '/3']],
    ['location in (\'uksouth\', "x")', ['/2', '/3']],
    ["location in ('UKSOUTH')", []],
    ["location in~ ('UKSOUTH')", ['/2', '/3']],
    ["location !in ('uksouth')", ['/1']],
    ["location !in~ ('UKSOUTH')", ['/1']],
    ["name contains 'PROD'", ['/1']],
    ["name contains_cs 'PROD'", []],
    ["name !contains 'prod'", ['/2', '/3']],
    ["name startswith 'RG-T'", ['/2']],
    ["name !startswith 'rg-t'", ['/1', '/3']],
    ["name endswith 'WEB'", ['/1']],
    ["name has 'prod'", ['/1']],
    ["name has 'pro'", []],
    ["name has 'eb'", []],
    ["name has 'rg-prod'", ['/1']],
    ["name has '('", []],
    ["tags.env == 'prod'", ['/1']],
    ["tags['cost-centre'] == '12'", ['/1']],
    ["tags.env != 'prod'", ['/2', '/3']],
    ["tags.Env == 'prod'", []],
    ['isnotempty(tags.env)', ['/1', '/2']],
    ['isempty(tags.env)', ['/3']],
    ['isnull(tags)', ['/3']],
    ["tolower(name) == 'rg-prod-web'", ['/1']],
    ["toupper(tostring(tags.env)) == 'TEST'", ['/2']],
    ["not(location == 'uksouth')", ['/1']],
    ["name == 'rg-test' or location == 'uksouth' and tags.env == 'none'", ['/2']],
    ["(name == 'rg-test' or location == 'uksouth') and tags.env == 'none'", []],
    ["name == 'rg-o\\'clock'", ['/3']],
    ['name == @"rg-o\'clock"', ['/3']],
    ["name == 'rg-test' // a comment | take 0", ['/2']],
    ['true', ['/1', '/2', '/3']],
  ] as const)('%s', ([predicate, expected]) => {
    expect(ids(predicate)).toEqual(expected);
  });

  it('binds again in the next operator', () => {
    expect(ids("location == 'uksouth'\n| where isnotempty(tags.env)")).toEqual(['/2']);
  });
});

describe('columns', () => {
  it('are those projected, renamed where asked for', () => {
    const result = run('resourcecontainers | project name, place = location, tags.env | take 1');
    expect([...result.columns]).toEqual([
      ['name', 'string'],
      ['place', 'string'],
      ['tags_env', 'dynamic'],
    ]);
    expect(result.rows).toEqual([{ name: 'rg-Prod-web', place: 'westeurope', tags_env: 'prod' }]);
  });

  it('are added by extend, and seen by what follows', () => {
    const result = run("resourcecontainers | extend env = tostring(tags.env) | where env == '' | project id, env");
    expect(result.rows).toEqual([{ id: '/3', env: '' }]);
  });

  it('are no more what was not projected', () => {
    expect(failure("resourcecontainers | project id | where name == 'x'").code).toBe('SemanticError');
  });
});

describe('rows', () => {
  const order = (by: string) => run(`resourcecontainers | ${by}`).rows.map(({ id }) => id);

  it('are descending unless it says otherwise', () => {
    expect(order('order by name')).toEqual(['/2', '/3', '/1']);
    expect(order('sort by name asc')).toEqual(['/1', '/3', '/2']);
  });

  it('are ordered by the second key where the first is equal', () => {
    expect(order('order by location asc, id desc')).toEqual(['/3', '/2', '/1']);
  });

  it('are taken', () => {
    expect(order('take 2')).toEqual(['/1', '/2']);
    expect(run('resourcecontainers | limit 1').limited).toBe(true);
    expect(run('resourcecontainers').limited).toBe(false);
  });

  it('are counted, in all and by group', () => {
    expect(run('resourcecontainers | count').rows).toEqual([{ Count: 3 }]);
    expect(run('resourcecontainers | summarize n = count()').rows).toEqual([{ n: 3 }]);
    expect(run('resourcecontainers | summarize count() by location | where count_ > 1').rows).toEqual([
      { location: 'uksouth', count_: 2 },
    ]);
    expect(run('resourcecontainers | distinct location').rows).toHaveLength(2);
  });
});

describe('a query that is not answered', () => {
  it('has no more conditions than the parser is deep', () => {
    const deep = (text: string) => failure(`resourcecontainers | where ${text}`).code;
    expect(deep(`${'('.repeat(20_000)}true${')'.repeat(20_000)}`)).toBe('ParserFailure');
    expect(deep(`true${' or true'.repeat(20_000)}`)).toBe('ParserFailure');
  });

  it('is about the resources, when it begins with an operator', () => {
    expect(failure("where type =~ 'x'").message).toBe('Table Resources is invalid, unsupported or disallowed.');
  });

  it.for([
    ['', 'ParserFailure', '<EOF>', 1, 0],
    ['resourcecontainers |', 'ParserFailure', '<EOF>', 1, 20],
    ['resourcecontainers\n| where name = "x"', 'ParserFailure', '=', 2, 13],
    ["resourcecontainers | where name == 'x", 'ParserFailure', "'x", 1, 35],
    ["resourcecontainers | where name == 'a' 'b'", 'ParserFailure', "'b'", 1, 39],
    ['resourcecontainers | take many', 'ParserFailure', 'many', 1, 26],
    ['resourcecontainers | where name == 1.5', 'ParserFailure', '1.5', 1, 35],
    ["resourcecontainers | where tags[env] == 'x'", 'ParserFailure', 'env', 1, 32],
    ['resources', 'DisallowedLogicalTableName', 'resources', 1, 0],
    ["where type =~ 'x'", 'DisallowedLogicalTableName', 'where', 1, 0],
    ['resourcecontainers | join x', 'InvalidQueryLanguage', 'join', 1, 21],
    ['resourcecontainers | where name matches regex "x"', 'ParserFailure', 'matches', 1, 32],
    ['resourcecontainers | extend x = strcat(name)', 'InvalidQueryLanguage', 'strcat', 1, 32],
    ['resourcecontainers | summarize max(name)', 'InvalidQueryLanguage', 'max', 1, 31],
    ["resourcecontainers | project tags['cost-centre']", 'InvalidQueryLanguage', 'tags', 1, 29],
    ['resourcecontainers | where nme == "x"', 'SemanticError', 'nme', 1, 27],
    ['resourcecontainers | where name', 'SemanticError', 'name', 1, 27],
    ['resourcecontainers | where name == 1', 'SemanticError', '1', 1, 35],
    ['resourcecontainers | where name < "x"', 'SemanticError', 'name', 1, 27],
    ['resourcecontainers | where name.first == "x"', 'SemanticError', 'name', 1, 27],
    ['resourcecontainers | order by tags', 'SemanticError', 'tags', 1, 30],
    ['resourcecontainers | summarize count() by tags.env', 'SemanticError', 'tags', 1, 42],
    ['resourcecontainers | project a = id, a = name', 'SemanticError', 'name', 1, 41],
  ] as const)('%s', ([query, code, text, line, character]) => {
    expect(failure(query)).toMatchObject({ code, at: { text, line, character } });
  });
});
