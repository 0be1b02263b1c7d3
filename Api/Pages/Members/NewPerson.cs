using System.ComponentModel.DataAnnotations;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Members;

/// <summary>What is asked for before somebody is invited.</summary>
public sealed class NewPerson
{
    [Required(ErrorMessage = "Enter a name."), StringLength(200)]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter an e-mail address."), EmailAddress(ErrorMessage = "This is no e-mail address."), StringLength(320)]
    public string? Email { get; set; }

    public Role Role { get; set; }
}
