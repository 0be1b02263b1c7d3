using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Http;

namespace RechargeGrains.Api.Pages.Shared;

/// <summary>Takes what the API takes as a name, and an empty field.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameTextAttribute() : ValidationAttribute("A name has at most 200 characters, on one line.")
{
    public override bool IsValid(object? value) => value is not string text || string.IsNullOrWhiteSpace(text) || NameRule.IsName(text);
}
