# The methods of the module that TorchScriptModule loads, in the form in which TorchScript serializes code: every operation is
# a call. Names in capitals stand for constants. Layers, DjlOperations and DjlUpdate say what each method is for.
class Operators(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    result = torch.conv2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
    return (self).normalize_relu(result, scale, shift, running_mean, running_variance)

  def transposed_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    result = torch.conv_transpose2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])
    return (self).normalize_relu(result, scale, shift, running_mean, running_variance)

  # With n values per channel, y = scale (x - mean) / deviation + shift and g the derivative by y, the derivative by x is
  #   scale / deviation (g - sum(g) / n - (x - mean) / deviation^2 sum(g (x - mean)) / n).
  # Recorded is y as if mean and deviation were constants; that gives the first term, and both sums as the derivatives by what
  # is added and what is multiplied. To these are added functions of x that are zero, but whose derivatives are not: they give
  # the other two terms.
  def normalize_relu(self: __torch__.Operators,
    features: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    count = torch.floordiv(torch.numel(features), torch.size(features, 1))
    total = torch.sum(features, [0, 2, 3])
    mean = torch.div(torch.detach(total), count)
    centered = torch.sub(features, torch.reshape(mean, [1, -1, 1, 1]))
    # The derivative of this is half of that of the sum of squares.
    squares = torch.sum(torch.mul(centered, torch.detach(centered)), [0, 2, 3])
    variance = torch.div(torch.detach(squares), count)
    unbiased = torch.div(torch.detach(squares), torch.sub(count, 1))
    _0 = torch.add_(torch.mul_(running_mean, KEPT), mean, alpha=MOMENTUM)
    _1 = torch.add_(torch.mul_(running_variance, KEPT), unbiased, alpha=MOMENTUM)
    deviation = torch.sqrt(torch.add(variance, EPSILON))
    slope = torch.div(torch.neg(torch.detach(scale)), torch.mul(deviation, count))
    curvature = torch.div(slope, torch.square(deviation))
    zero_shift = torch.mul(torch.sub(total, torch.detach(total)), slope)
    zero_factor = torch.mul(torch.sub(squares, torch.detach(squares)), curvature)
    shifts = torch.reshape(torch.add(shift, zero_shift), [1, -1, 1, 1])
    factors = torch.reshape(torch.add(torch.div(scale, deviation), zero_factor), [1, -1, 1, 1])
    return torch.relu_(torch.add_(torch.mul(centered, factors), shifts))

  def folded_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    factors = torch.div(scale, torch.sqrt(torch.add(running_variance, EPSILON)))
    weights = torch.mul(weight, torch.reshape(factors, [-1, 1, 1, 1]))
    biases = torch.addcmul(shift, torch.sub(bias, running_mean), factors)
    return torch.relu_(torch.conv2d(features, weights, biases, [STRIDE, STRIDE], [PADDING, PADDING]))

  def folded_transposed_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    factors = torch.div(scale, torch.sqrt(torch.add(running_variance, EPSILON)))
    weights = torch.mul(weight, torch.reshape(factors, [1, -1, 1, 1]))
    biases = torch.addcmul(shift, torch.sub(bias, running_mean), factors)
    return torch.relu_(torch.conv_transpose2d(features, weights, biases, [STRIDE, STRIDE], [PADDING, PADDING]))

  def sub_pixel_convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    biases = torch.repeat_interleave(bias, torch.mul(STRIDE, STRIDE))
    phases = torch.conv2d(features, weight, biases, [1, 1], [1, 1])
    return torch.constant_pad_nd(torch.pixel_shuffle(phases, STRIDE), [-1, -1, -1, -1])

  def linear(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return (self).rows_of((self).convolved_rows(rows, weight, bias))

  def linear_relu(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return (self).rows_of(torch.relu_((self).convolved_rows(rows, weight, bias)))

  def linear_pair(self: __torch__.Operators,
    rows: Tensor,
    first_weight: Tensor,
    first_bias: Tensor,
    second_weight: Tensor,
    second_bias: Tensor) -> Tuple[Tensor, Tensor]:
    weight = torch.cat([first_weight, second_weight])
    bias = torch.cat([first_bias, second_bias])
    both = torch.chunk((self).linear(rows, weight, bias), 2, 1)
    return (both[0], both[1])

  def convolved_rows(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    pixels = torch.permute(torch.reshape(rows, [1, torch.size(rows, 0), 1, -1]), [0, 3, 1, 2])
    return torch.conv2d(pixels, weight, bias)

  def rows_of(self: __torch__.Operators,
    pixels: Tensor) -> Tensor:
    return torch.reshape(torch.permute(pixels, [0, 2, 3, 1]), [torch.size(pixels, 2), -1])

  def assign(self: __torch__.Operators,
    variable: Tensor,
    values: Tensor) -> int:
    _0 = torch.copy_(variable, values)
    return 0

  def greater(self: __torch__.Operators,
    left: Tensor,
    right: Tensor) -> Tensor:
    return torch.to(torch.gt(left, right), FLOAT32)

  def select(self: __torch__.Operators,
    mask: Tensor,
    chosen: Tensor,
    other: Tensor) -> Tensor:
    return torch.where(torch.ne(mask, 0), chosen, other)

  def expm1(self: __torch__.Operators,
    operand: Tensor) -> Tensor:
    return torch.expm1(operand)

  def log1p(self: __torch__.Operators,
    operand: Tensor) -> Tensor:
    return torch.log1p(operand)

  def max(self: __torch__.Operators,
    operand: Tensor,
    axes: List[int]) -> Tensor:
    return torch.amax(operand, axes)

  def log_sum_exp(self: __torch__.Operators,
    operand: Tensor,
    axis: int) -> Tensor:
    return torch.logsumexp(operand, [axis])

  def matmul(self: __torch__.Operators,
    left: Tensor,
    transpose_left: bool,
    right: Tensor,
    transpose_right: bool) -> Tensor:
    if transpose_left:
      rows = torch.t(left)
    else:
      rows = left
    if transpose_right:
      columns = torch.t(right)
    else:
      columns = right
    return torch.mm(rows, columns)

  def gather(self: __torch__.Operators,
    operand: Tensor,
    rows: List[int]) -> Tensor:
    return torch.index_select(operand, 0, torch.tensor(rows))

  # Windows are given as kernel, stride and padding.
  def convolve(self: __torch__.Operators,
    input: Tensor,
    weight: Tensor,
    window: List[int]) -> Tensor:
    return torch.conv2d(input, weight, None, [window[1], window[1]], [window[2], window[2]])

  def convolve_by_input(self: __torch__.Operators,
    gradient: Tensor,
    weight: Tensor,
    window: List[int],
    left_over: List[int]) -> Tensor:
    return torch.conv_transpose2d(gradient, weight, None, [window[1], window[1]], [window[2], window[2]], left_over)

  def convolve_by_weight(self: __torch__.Operators,
    input: Tensor,
    gradient: Tensor,
    window: List[int]) -> Tensor:
    weight = torch.new_zeros(gradient, [torch.size(gradient, 1), torch.size(input, 1), window[0], window[0]])
    _0, by_weight, _1 = torch.convolution_backward(gradient, input, weight, None, [window[1], window[1]],
      [window[2], window[2]], [1, 1], False, [0, 0], 1, [False, True, False])
    return by_weight

  def bernoulli_log_density(self: __torch__.Operators,
    values: Tensor,
    logits: Tensor,
    axes: List[int]) -> Tensor:
    return torch.neg(torch.sum(torch.addcmul(torch.softplus(logits), logits, values, value=-1), axes))

  def standard_gaussian_kl(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor) -> Tensor:
    terms = torch.add(torch.sub(torch.expm1(log_variance), log_variance), torch.square(mean))
    return torch.mul(torch.sum(terms, [1]), 0.5)

  def reparameterize(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor,
    noise: Tensor) -> Tensor:
    deviation = torch.exp(torch.mul(log_variance, 0.5))
    return torch.add(mean, torch.mul(deviation, noise))

  def gradients(self: __torch__.Operators,
    outputs: List[Tensor],
    output_gradients: List[Tensor],
    inputs: List[Tensor]) -> List[Tensor]:
    given = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(output_gradients)):
      _0 = torch.append(given, output_gradients[i])
    found = torch.grad(outputs, inputs, given)
    gradients = annotate(List[Tensor], [])
    for j in range(torch.len(found)):
      gradient = unchecked_cast(Tensor, found[j])
      _1 = torch.append(gradients, gradient)
    return gradients

  def length(self: __torch__.Operators,
    tensors: List[Tensor]) -> float:
    squares = 0.
    for i in range(torch.len(tensors)):
      length = float(torch.linalg_vector_norm(tensors[i], 2, None, False, dtype=FLOAT64))
      squares = torch.add(squares, torch.mul(length, length))
    return torch.sqrt(squares)

  # numbers: step, learning rate, beta1, beta2, epsilon, weight decay.
  def adam(self: __torch__.Operators,
    numbers: List[float],
    gradients: List[Tensor],
    weights: List[Tensor],
    first_moments: List[Tensor],
    second_moments: List[Tensor]) -> int:
    # The fused update reads memory from one end to the other, whatever the strides.
    contiguous = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      _0 = torch.append(contiguous, torch.contiguous(gradients[i]))
    steps = torch.mul([torch.full([], numbers[0])], torch.len(weights))
    no_maximum = annotate(List[Tensor], [])
    torch._fused_adamw_(weights, contiguous, first_moments, second_moments, no_maximum, steps,
      lr=numbers[1], beta1=numbers[2], beta2=numbers[3], weight_decay=numbers[5], eps=numbers[4],
      amsgrad=False, maximize=False)
    return torch.len(weights)

  # numbers: learning rate, momentum.
  def sgd(self: __torch__.Operators,
    numbers: List[float],
    gradients: List[Tensor],
    weights: List[Tensor],
    velocities: List[Tensor]) -> int:
    torch._foreach_mul_(velocities, numbers[1])
    torch._foreach_add_(velocities, gradients)
    torch._foreach_add_(weights, velocities, alpha=torch.neg(numbers[0]))
    return torch.len(weights)
