using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Members;

/// <summary>What is asked for before somebody is invited.</summary>
public sealed class NewPerson
{
    [Required(ErrorMessage = "Enter a name."), NameText]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter an e-mail address."), EmailText]
    public string? Email { get; set; }

    public Role Role { get; set; }
}
