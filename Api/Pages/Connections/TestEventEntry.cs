using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.People;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>What is asked for before a test event is sent.</summary>
public sealed class TestEventEntry : IValidatableObject
{
    public EventKind Kind { get; set; }

    [Required(ErrorMessage = "Enter the e-mail address that the test is about.")]
    public string? Email { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EmailRule.IsAddress(Email!.Trim()))
            yield return new ValidationResult("This is no e-mail address.", [nameof(Email)]);
    }
}
