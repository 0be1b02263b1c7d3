using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Pages.Shared;

namespace RechargeGrains.Api.Pages.Staff.Tenants;

/// <summary>What is asked for before a tenant is made.</summary>
public sealed class NewTenant
{
    /// <summary>What people call it.</summary>
    [Required(ErrorMessage = "Enter a name."), NameText]
    public string? Name { get; set; }

    /// <summary>Its place in every address, for good.</summary>
    [Required(ErrorMessage = "Enter an id."), CustomValidation(typeof(NewTenant), nameof(CheckId))]
    public string? Id { get; set; }

    /// <summary>The rule of <see cref="Keys.TenantId"/> in words.</summary>
    public static ValidationResult? CheckId(string? id) => Keys.TenantId.IsValid(id)
        ? ValidationResult.Success
        : new ValidationResult("1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end.", [nameof(Id)]);
}
