using System.Reflection;
using MemOS.Server.Errors;

namespace MemOS.Server.Tests.Errors;

public sealed class ErrorTableTests
{
    [Fact]
    public void Every_code_of_the_core_has_a_row()
    {
        string[] codes = [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.NotEmpty(codes);
        Assert.Empty(codes.Except(ErrorTable.Codes));
    }

    [Fact]
    public void Every_row_has_a_status_of_a_failure_and_a_title() => Assert.All(ErrorTable.Codes, code =>
    {
        Assert.InRange(ErrorTable.StatusOf(code), 400, 599);
        Assert.NotEmpty(ErrorTable.TitleOf(code));
    });

    [Fact]
    public void An_unexpected_exception_says_nothing_about_itself()
    {
        Failure failure = new FailureReader(null).Read(new InvalidOperationException("the secret text of a memory"));
        Assert.Equal(500, failure.Status);
        Assert.DoesNotContain("secret", failure.Detail, StringComparison.Ordinal);
    }
}
