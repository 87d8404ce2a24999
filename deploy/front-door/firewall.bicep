// The firewall. It blocks: in detection mode it would only write down what came through.
@description('Letters and digits only.')
param name string

resource policy 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2025-11-01' = {
  name: name
  location: 'global'
  // The same as the profile's.
  sku: { name: 'Premium_AzureFrontDoor' }
  properties: {
    policySettings: {
      enabledState: 'Enabled'
      mode: 'Prevention'
      requestBodyCheck: 'Enabled'
      customBlockResponseStatusCode: 403
      // What callers are, and what they send, is not for the logs.
      logScrubbing: {
        state: 'Enabled'
        scrubbingRules: [
          { matchVariable: 'RequestHeaderNames', selectorMatchOperator: 'Equals', selector: 'authorization', state: 'Enabled' }
          { matchVariable: 'RequestBodyJsonArgNames', selectorMatchOperator: 'EqualsAny', state: 'Enabled' }
        ]
      }
    }
    customRules: {
      rules: [
        {
          // By the peer's own address: X-Forwarded-For is the caller's to write.
          name: 'MostRequestsOfOneAddress'
          priority: 10
          enabledState: 'Enabled'
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: 1200
          groupBy: [{ variableName: 'SocketAddr' }]
          matchConditions: [
            { matchVariable: 'RequestUri', operator: 'Contains', negateCondition: false, matchValue: ['/'], transforms: [] }
          ]
          action: 'Block'
        }
        {
          // Handshakes are dearer than requests, and a client has few of them.
          name: 'MostHandshakesOfOneAddress'
          priority: 20
          enabledState: 'Enabled'
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: 120
          groupBy: [{ variableName: 'SocketAddr' }]
          matchConditions: [
            { matchVariable: 'RequestUri', operator: 'Contains', negateCondition: false, matchValue: ['/ws', '/events'], transforms: ['Lowercase'] }
          ]
          action: 'Block'
        }
        {
          // What probes and operators read is not for the world; the probe of Front Door does not pass the firewall.
          name: 'NothingOfTheInside'
          priority: 30
          enabledState: 'Enabled'
          ruleType: 'MatchRule'
          matchConditions: [
            { matchVariable: 'RequestUri', operator: 'RegEx', negateCondition: false, matchValue: ['^https?://[^/]+/(metrics|livez|readyz)([?].*)?$'], transforms: ['UrlDecode', 'Lowercase'] }
          ]
          action: 'Block'
        }
      ]
    }
    managedRules: {
      managedRuleSets: [
        {
          ruleSetType: 'Microsoft_DefaultRuleSet'
          ruleSetVersion: '2.1'
          ruleSetAction: 'Block'
          // Values of SCIM's PATCH and filters read like SQL (`emails[type eq "work"]`); names of people hold apostrophes.
          exclusions: [
            { matchVariable: 'QueryStringArgNames', selectorMatchOperator: 'Equals', selector: 'filter' }
            { matchVariable: 'RequestBodyJsonArgNames', selectorMatchOperator: 'EndsWith', selector: 'path' }
            { matchVariable: 'RequestBodyJsonArgNames', selectorMatchOperator: 'EndsWith', selector: 'displayName' }
          ]
          ruleGroupOverrides: [
            {
              ruleGroupName: 'METHOD-ENFORCEMENT'
              // 911100 knows GET, HEAD, POST and OPTIONS; users has PUT, PATCH and DELETE, and answers 405 to the rest.
              rules: [{ ruleId: '911100', enabledState: 'Disabled', action: 'Block' }]
            }
            {
              ruleGroupName: 'PROTOCOL-ENFORCEMENT'
              // 920420 knows no application/scim+json and application/merge-patch+json; users answers 415 to the rest.
              rules: [{ ruleId: '920420', enabledState: 'Disabled', action: 'Block' }]
            }
          ]
        }
        { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1', ruleSetAction: 'Block' }
      ]
    }
  }
}

output id string = policy.id
