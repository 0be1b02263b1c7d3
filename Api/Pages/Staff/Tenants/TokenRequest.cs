using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Staff.Tenants;

/// <summary>What is asked for before a token is made.</summary>
public sealed class TokenRequest
{
    /// <summary>Says whose program it is for.</summary>
    [Required(ErrorMessage = "Enter a name."), NameText]
    public string? Name { get; set; }

    /// <summary>What it may do.</summary>
    public Role Role { get; set; } = Role.Member;
}
