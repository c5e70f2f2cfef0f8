namespace MemOS.EmbedderBuilder.LinearAlgebra;

/// <summary>Functions made of operations that IEEE 754 defines to the last bit, since those of the C library differ between platforms.</summary>
internal static class ExactMath
{
    private const double Ln2 = 0.693147180559945309417232;

    /// <summary>The natural logarithm of a positive, normal number, to about 15 digits.</summary>
    public static double Log(double value)
    {
        int exponent = Math.ILogB(value);
        double mantissa = Math.ScaleB(value, -exponent); // 1 to 2
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh((m - 1) / (m + 1)), with |x| below 0.172
        double x = (mantissa - 1) / (mantissa + 1);
        double square = x * x;
        double sum = 0;
        for (int power = 23; power >= 1; power -= 2)
        {
            sum = (sum * square) + (1.0 / power);
        }

        return (2 * x * sum) + (exponent * Ln2);
    }

    /// <summary>A power whose exponent is a number of quarters.</summary>
    public static double PowerOfQuarters(double value, int quarters)
    {
        double root = Math.Sqrt(Math.Sqrt(value));
        double result = 1;
        for (int i = 0; i < Math.Abs(quarters); i++)
        {
            result *= root;
        }

        return quarters < 0 ? 1 / result : result;
    }
}
