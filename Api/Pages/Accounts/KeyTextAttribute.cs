using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Accounts;

namespace RechargeGrains.Api.Pages.Accounts;

/// <summary>Takes what the API takes as a key, and an empty field.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyTextAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => KeyReader.Read(value as string) is not { } key || KeyReader.IsUsable(key);
}
