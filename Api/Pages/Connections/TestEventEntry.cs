using System.ComponentModel.DataAnnotations;
using RechargeGrains.Api.Pages.Shared;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>What is asked for before a test event is sent.</summary>
public sealed class TestEventEntry
{
    public EventKind Kind { get; set; }

    [Required(ErrorMessage = "Enter the e-mail address that the test is about."), EmailText]
    public string? Email { get; set; }
}
