namespace RechargeGrains.Api.Hooks;

/// <summary>The bodies under way take as much memory as they may. The caller says "try again later".</summary>
internal sealed class BodyBudgetException() : Exception("The bodies of webhooks under way take as much memory as they may.");
