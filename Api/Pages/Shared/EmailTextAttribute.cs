using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.People;

namespace RechargeGrains.Api.Pages.Shared;

/// <summary>Takes what the API takes as an e-mail address, and an empty field. Blanks around it do not matter.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmailTextAttribute() : ValidationAttribute("This is no e-mail address.")
{
    public override bool IsValid(object? value) => value is not string text || string.IsNullOrWhiteSpace(text) || EmailRule.IsAddress(text.Trim());
}
